package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Reshape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Readers of {@code identity(x)} (dropout at inference too) read x itself. An identity that makes a
 * graph output stays.
 */
public final class RemoveIdentity implements Pass {

  @Override
  public Graph apply(Graph graph) {
    Map<String, String> renamed = new HashMap<>();
    List<Node> kept = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<String> inputs = node.inputs().stream().map(i -> renamed.getOrDefault(i, i)).toList();
      boolean identity =
          node.op() instanceof Reshape reshape && reshape.rule() instanceof Reshape.Rule.Same;
      if (identity && !graph.outputs().contains(node.output())) {
        renamed.put(node.output(), inputs.get(0));
      } else {
        kept.add(new Node(node.name(), node.op(), inputs, node.outputs()));
      }
    }
    return renamed.isEmpty() ? graph : graph.with(graph.constants(), kept);
  }
}
