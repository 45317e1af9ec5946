package io.clarinet.importer;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Dropout;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Op;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reshape;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Constant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Networks without the dense layers at their end ({@code include_top=False}): built with zeros for
 * what is missing, and then cut off before it.
 */
public final class Headless {
  private Headless() {}

  /**
   * The network up to the image from which the input of its head is made; empty if weights before
   * the head are missing too.
   *
   * @param missing names of weights that are not there
   */
  public static Optional<Graph> cut(Graph graph, Collection<String> missing) {
    Map<String, Node> producers = graph.producers();
    String value =
        graph.nodes().stream()
            .filter(node -> node.inputs().stream().anyMatch(missing::contains))
            .findFirst()
            .map(node -> node.inputs().get(0))
            .orElse("");
    Node made = producers.get(value);
    boolean flattened = false;
    while (made != null && isPartOfHead(made.op())) {
      flattened |= made.op() instanceof Reshape || made.op() instanceof GlobalPool2d;
      value = made.inputs().get(0);
      made = producers.get(value);
    }
    return flattened ? Optional.of(upTo(graph, value)) : Optional.empty();
  }

  private static boolean isPartOfHead(Op op) {
    return (op instanceof Pool2d pool && pool.kind() == Pool2d.Kind.AVERAGE)
        || op instanceof Reshape
        || op instanceof Transpose
        || op instanceof Dropout
        || op instanceof GlobalPool2d;
  }

  private static Graph upTo(Graph graph, String value) {
    Set<String> wanted = new HashSet<>(Set.of(value));
    List<Node> kept = new ArrayList<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (node.outputs().stream().anyMatch(wanted::contains)) {
        kept.add(0, node);
        wanted.addAll(node.inputs());
      }
    }
    Map<String, Constant> constants = new LinkedHashMap<>(graph.constants());
    constants.keySet().retainAll(wanted);
    return new Graph(
        graph.name(),
        graph.inputs(),
        List.of(value),
        constants,
        kept,
        new HashMap<>(graph.metadata()));
  }
}
