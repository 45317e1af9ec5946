package io.clarinet.graph;

import io.clarinet.op.If;
import io.clarinet.tensor.Fact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds the inputs of a graph whose values, not only shapes, decide the shapes of others, such as
 * the target of a reshape: they must be bound ({@link Graph#bound}) before a plan can be made.
 */
public final class ShapeInputs {
  private ShapeInputs() {}

  /** Their names, for a graph whose inputs' extents are concrete; empty for nearly all networks. */
  public static Set<String> of(Graph graph) {
    Map<String, Fact> facts = new HashMap<>();
    graph.constants().forEach((name, constant) -> facts.put(name, Fact.of(constant)));
    graph.inputs().forEach(i -> facts.put(i.name(), Fact.of(i.type(), i.shape(0))));
    Map<String, Node> producers = graph.producers();
    Set<String> found = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      if (!facts.keySet().containsAll(node.inputs())) {
        continue;
      }
      List<Fact> inputs = new ArrayList<>();
      node.inputs().forEach(i -> inputs.add(Objects.requireNonNull(facts.get(i))));
      try {
        List<Fact> results = Graph.settled(node, inputs);
        for (int i = 0; i < results.size(); i++) {
          facts.put(node.outputs().get(i), results.get(i));
        }
      } catch (GraphException e) {
        if (!e.needsValue()) {
          throw e;
        }
        parameters(node, inputs).forEach(p -> trace(p, graph, producers, facts, found));
      }
    }
    return found;
  }

  /** The inputs among which one is missing: of a conditional its condition comes first. */
  private static List<String> parameters(Node node, List<Fact> inputs) {
    if (node.op() instanceof If && !inputs.get(0).isConstant()) {
      return node.inputs().subList(0, 1);
    }
    return node.inputs().subList(node.inputs().size() > 1 ? 1 : 0, inputs.size());
  }

  private static void trace(
      String value,
      Graph graph,
      Map<String, Node> producers,
      Map<String, Fact> facts,
      Set<String> found) {
    Deque<String> open = new ArrayDeque<>(List.of(value));
    Set<String> seen = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      String next = open.remove();
      Fact fact = facts.get(next);
      boolean known = fact != null && fact.isConstant();
      if (seen.add(next) && !known) {
        Node producer = producers.get(next);
        if (producer != null) {
          open.addAll(producer.inputs());
        } else if (graph.input(next) != null) {
          found.add(next);
        }
      }
    }
  }
}
