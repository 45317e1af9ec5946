package io.clarinet.classify;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of a graph that no input decides: weights, also transposed, cast or dequantized. */
final class KnownValues {
  private static final int DEPTH = 8;
  private static final long MOST_ELEMENTS = 1 << 27;

  private final Graph graph;
  private final Map<String, Node> producers;
  private final Map<String, Fact> facts;
  private final Map<String, Tensor> made = new HashMap<>();

  KnownValues(Graph graph, Map<String, Fact> facts) {
    this.graph = graph;
    this.producers = graph.producers();
    this.facts = facts;
  }

  /** The value; null where an input decides it, or it takes long to find out. */
  @Nullable Tensor of(String value) {
    return of(value, DEPTH);
  }

  private @Nullable Tensor of(String value, int depth) {
    if (Objects.requireNonNull(facts.get(value)).shape().size() > MOST_ELEMENTS) {
      return null;
    }
    Constant constant = graph.constants().get(value);
    if (constant != null) {
      return constant.tensor();
    }
    Tensor known = made.get(value);
    Node node = producers.get(value);
    return known != null || node == null || depth == 0 ? known : made(value, node, depth);
  }

  private @Nullable Tensor made(String value, Node node, int depth) {
    List<Tensor> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      Tensor known = of(input, depth - 1);
      if (known == null) {
        return null;
      }
      inputs.add(known);
    }
    List<Tensor> outputs = node.op().evaluate(inputs);
    for (int i = 0; i < outputs.size(); i++) {
      made.put(node.outputs().get(i), outputs.get(i));
    }
    return made.get(value);
  }
}
