package io.clarinet.graph;

import io.clarinet.op.Op;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/** Runs a graph node by node with each operator's {@link Op#reference}: slow, and right. */
public final class ReferenceRunner {
  private final Graph graph;

  public ReferenceRunner(Graph graph) {
    this.graph = graph;
  }

  /**
   * The graph's outputs for these inputs, by name, in the graph's order.
   *
   * @throws GraphException if an input is missing or does not fit, or naming the node that does not
   *     fit its inputs
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, Tensor> kept = new HashMap<>();
    Set<String> wanted = Set.copyOf(graph.outputs());
    run(
        inputs,
        (name, value) -> {
          if (wanted.contains(name)) {
            kept.put(name, value);
          }
        });
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    graph.outputs().forEach(o -> outputs.put(o, Objects.requireNonNull(kept.get(o))));
    return outputs;
  }

  /**
   * Runs the graph and shows every value to {@code seen}, as soon as it is known; values are
   * dropped after their last use.
   */
  public void run(Map<String, Tensor> inputs, BiConsumer<String, Tensor> seen) {
    Map<String, Shape> shapes = new HashMap<>();
    inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    Graph concrete = graph.specialised(shapes);
    Map<String, Integer> uses = concrete.uses();
    Map<String, Tensor> values = new HashMap<>();
    concrete.inputs().forEach(i -> values.put(i.name(), typed(i, inputs)));
    values.forEach(seen);
    for (String output : concrete.outputs()) {
      if (concrete.constants().containsKey(output)) {
        seen.accept(output, Objects.requireNonNull(concrete.constants().get(output)).tensor());
      }
    }
    for (Node node : concrete.nodes()) {
      List<Tensor> results = evaluate(concrete, node, values);
      for (int i = 0; i < node.outputs().size(); i++) {
        values.put(node.outputs().get(i), results.get(i));
        seen.accept(node.outputs().get(i), results.get(i));
      }
      for (String read : node.inputs()) {
        if (uses.merge(read, -1, Integer::sum) == 0) {
          values.remove(read);
        }
      }
    }
  }

  private static Tensor typed(Input input, Map<String, Tensor> inputs) {
    Tensor tensor = Objects.requireNonNull(inputs.get(input.name()));
    if (tensor.type() != input.type()) {
      throw new GraphException("input " + input + " does not accept type " + tensor.type());
    }
    return tensor;
  }

  private static List<Tensor> evaluate(Graph graph, Node node, Map<String, Tensor> values) {
    List<Tensor> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      Tensor value = values.get(name);
      inputs.add(
          value != null ? value : Objects.requireNonNull(graph.constants().get(name)).tensor());
    }
    try {
      return node.op().evaluate(inputs);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new GraphException(node, String.valueOf(e.getMessage()));
    }
  }
}
