package io.clarinet.importer.keras;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.importer.StateDictionary;
import io.clarinet.op.Dense;
import io.clarinet.op.Dropout;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Op;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reshape;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights without the dense layers at a network's end ({@code include_top=False}): the network is
 * built with zeros in their place, and then cut off before them.
 */
final class Headless {
  private static final Map<String, Map<String, Shape>> HEADS =
      Map.of(
          "res2a_branch2a.weight",
          Map.of("fc1000.weight", Shape.of(1000, 2048), "fc1000.bias", Shape.of(1000)),
          "features.0.weight",
          Map.of(
              "classifier.0.weight", Shape.of(4096, 25088),
              "classifier.0.bias", Shape.of(4096),
              "classifier.3.weight", Shape.of(4096, 4096),
              "classifier.3.bias", Shape.of(4096),
              "classifier.6.weight", Shape.of(1000, 4096),
              "classifier.6.bias", Shape.of(1000)));

  private Headless() {}

  /** Whether these are weights of a known network, and none of a dense layer is there. */
  static boolean is(StateDictionary weights) {
    return HEADS.keySet().stream().anyMatch(weights.tensors()::containsKey)
        && weights.tensors().values().stream().noneMatch(w -> w.shape().rank() == 2);
  }

  /** The weights, with zeros for the dense layers. */
  static StateDictionary completed(StateDictionary weights) {
    Map<String, Constant> tensors = new LinkedHashMap<>(weights.tensors());
    HEADS.forEach(
        (mark, head) -> {
          if (tensors.containsKey(mark)) {
            head.forEach(
                (name, shape) -> tensors.put(name, new Splat(ElementType.FLOAT32, shape, 0)));
          }
        });
    return new StateDictionary(weights.file(), tensors, weights.metadata());
  }

  /** The network up to the image from which its first dense layer's input is made. */
  static Graph cut(Graph graph) {
    Map<String, Node> producers = graph.producers();
    Node dense =
        graph.nodes().stream().filter(node -> node.op() instanceof Dense).findFirst().orElseThrow();
    String value = dense.inputs().get(0);
    Node made = producers.get(value);
    while (made != null && isPartOfHead(made.op())) {
      value = made.inputs().get(0);
      made = producers.get(value);
    }
    return upTo(graph, value);
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
