package io.clarinet.pass;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks a graph and merges a node with the only reader of its output, where a rule knows how. The
 * merged node stands at the reader's place, so all its inputs are defined before it.
 */
final class PairFusion {
  private final Map<String, Fact> facts;
  private final Map<String, Integer> uses;
  private final Map<String, Constant> constants;
  private final FreshNames fresh;
  private final Map<String, Node> nodesByOutput = new LinkedHashMap<>();

  /** Merges two nodes. */
  interface Rule {

    /**
     * The node that does what both do, with the consumer's outputs, or null if they must stay
     * apart.
     *
     * @param value the producer's output, which only the consumer reads
     */
    @Nullable Node merge(Node producer, Node consumer, String value, PairFusion context);
  }

  private PairFusion(Graph graph) {
    this.facts = graph.facts();
    this.uses = graph.uses();
    this.constants = new LinkedHashMap<>(graph.constants());
    this.fresh = FreshNames.beside(graph);
  }

  static Graph apply(Graph graph, Rule rule) {
    PairFusion fusion = new PairFusion(graph);
    for (Node node : graph.nodes()) {
      fusion.visit(node, rule);
    }
    List<Node> nodes = List.copyOf(fusion.nodesByOutput.values());
    return nodes.size() == graph.nodes().size() ? graph : graph.with(fusion.constants, nodes);
  }

  private void visit(Node node, Rule rule) {
    for (int i = node.inputs().size() - 1; i >= 0; i--) {
      String value = node.inputs().get(i);
      Node producer = nodesByOutput.get(value);
      if (producer == null || uses.getOrDefault(value, 0) != 1 || producer.outputs().size() != 1) {
        continue;
      }
      Node both = rule.merge(producer, node, value, this);
      if (both != null) {
        nodesByOutput.remove(value);
        nodesByOutput.put(both.output(), both);
        return;
      }
    }
    nodesByOutput.put(node.output(), node);
  }

  Fact fact(String value) {
    return Objects.requireNonNull(facts.get(value), value);
  }

  /** Adds a constant to the graph in the making, named so unless a value is. Returns the name. */
  String constant(String wanted, Constant constant) {
    String name = fresh.free(wanted);
    constants.put(name, constant);
    facts.put(name, Fact.of(constant));
    return name;
  }
}
