package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.op.Cast;
import io.clarinet.op.Reshape;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Readers of {@code identity(x)} (dropout at inference, a cast to the type that x has) read x
 * itself. An identity that makes a graph output stays.
 */
public final class RemoveIdentity implements Pass {

  @Override
  public Graph apply(Graph graph) {
    Map<String, Fact> facts = isConcrete(graph) && casts(graph) ? graph.facts() : Map.of();
    Map<String, String> renamed = new HashMap<>();
    List<Node> kept = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<String> inputs = node.inputs().stream().map(i -> renamed.getOrDefault(i, i)).toList();
      if (isIdentity(node, facts) && !graph.outputs().contains(node.output())) {
        renamed.put(node.output(), inputs.get(0));
      } else {
        kept.add(new Node(node.name(), node.op(), inputs, node.outputs()));
      }
    }
    return renamed.isEmpty() ? graph : graph.with(graph.constants(), kept);
  }

  private static boolean isConcrete(Graph graph) {
    return graph.inputs().stream().noneMatch(input -> input.dims().contains(Input.UNKNOWN));
  }

  private static boolean casts(Graph graph) {
    return graph.nodes().stream().anyMatch(node -> node.op() instanceof Cast);
  }

  private static boolean isIdentity(Node node, Map<String, Fact> facts) {
    if (node.op() instanceof Cast cast) {
      Fact x = facts.get(node.inputs().get(0));
      return x != null && x.type() == cast.type();
    }
    return node.op() instanceof Reshape reshape && reshape.rule() instanceof Reshape.Rule.Same;
  }
}
