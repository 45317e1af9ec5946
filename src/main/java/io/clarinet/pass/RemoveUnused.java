package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.tensor.Constant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drops nodes and constants that no graph output depends on. */
public final class RemoveUnused implements Pass {

  @Override
  public Graph apply(Graph graph) {
    Set<String> needed = new HashSet<>(graph.outputs());
    List<Node> kept = new ArrayList<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (!Collections.disjoint(node.outputs(), needed)) {
        needed.addAll(node.inputs());
        kept.add(node);
      }
    }
    Map<String, Constant> constants = new LinkedHashMap<>(graph.constants());
    constants.keySet().retainAll(needed);
    if (kept.size() == graph.nodes().size() && constants.size() == graph.constants().size()) {
      return graph;
    }
    Collections.reverse(kept);
    return graph.with(constants, kept);
  }
}
