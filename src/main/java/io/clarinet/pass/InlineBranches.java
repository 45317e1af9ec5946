package io.clarinet.pass;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Branch;
import io.clarinet.op.If;
import io.clarinet.op.Reshape;
import io.clarinet.tensor.Fact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A conditional becomes the nodes of the branch that is taken, once its condition is known. */
public final class InlineBranches implements Pass {

  @Override
  public Graph apply(Graph graph) {
    return graph.nodes().stream().anyMatch(node -> node.op() instanceof If)
        ? new Inlining(graph).apply()
        : graph;
  }

  /** One graph's; branches may hold conditionals of their own. */
  private static final class Inlining {
    private final Graph graph;
    private final Map<String, Fact> facts = new HashMap<>();
    private final FreshNames names;
    private final Deque<Node> open;
    private final List<Node> kept = new ArrayList<>();

    Inlining(Graph graph) {
      this.graph = graph;
      this.names = FreshNames.beside(graph);
      this.open = new ArrayDeque<>(graph.nodes());
      graph.constants().forEach((name, constant) -> facts.put(name, Fact.of(constant)));
      graph.inputs().forEach(i -> facts.put(i.name(), Fact.of(i.type(), i.shape(0))));
    }

    Graph apply() {
      while (!open.isEmpty()) {
        Node node = open.remove();
        if (node.op() instanceof If choice) {
          inline(node, choice);
        } else {
          add(node);
        }
      }
      return graph.with(graph.constants(), kept);
    }

    private void add(Node node) {
      List<Fact> inputs = node.inputs().stream().map(this::fact).toList();
      List<Fact> results = Graph.settled(node, inputs);
      for (int i = 0; i < node.outputs().size(); i++) {
        facts.put(node.outputs().get(i), results.get(i));
      }
      kept.add(node);
    }

    private Fact fact(String value) {
      return Objects.requireNonNull(facts.get(value), value);
    }

    private void inline(Node node, If choice) {
      Graph.infer(node, node.inputs().stream().map(this::fact).toList());
      boolean first = choice.holds(fact(node.inputs().get(0)));
      Branch branch = choice.branch(first);
      Map<String, String> renamed = new HashMap<>();
      List<String> arguments = choice.arguments(first, node.inputs());
      for (int i = 0; i < arguments.size(); i++) {
        renamed.put(branch.parameters().get(i), arguments.get(i));
      }
      List<Node> inlined = new ArrayList<>();
      for (Branch.Call call : branch.calls()) {
        call.outputs().forEach(o -> renamed.put(o, fresh(o)));
        inlined.add(
            new Node(
                call.name(), call.op(), all(call.inputs(), renamed), all(call.outputs(), renamed)));
      }
      List<String> results = all(branch.outputs(), renamed);
      for (int i = 0; i < node.outputs().size(); i++) {
        String output = node.outputs().get(i);
        inlined.add(new Node(output, Reshape.IDENTITY, List.of(results.get(i)), List.of(output)));
      }
      for (int i = inlined.size() - 1; i >= 0; i--) {
        open.addFirst(inlined.get(i));
      }
    }

    /** Its own name where that is free: other shapes, which take other branches, know it so. */
    private String fresh(String value) {
      String name = names.free(value);
      names.reserve(List.of(name));
      return name;
    }

    private static List<String> all(List<String> values, Map<String, String> renamed) {
      return values.stream().map(v -> Objects.requireNonNull(renamed.get(v), v)).toList();
    }
  }
}
