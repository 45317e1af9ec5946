package io.clarinet.engine;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.op.Cast;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.NarrowingException;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The inputs of a graph: their number, names, types and shapes. All faults are told by name. */
public final class GraphInputs {
  private final Graph graph;

  /** Names of float64 inputs that are computed with as float32. */
  private final Set<String> narrowed;

  public GraphInputs(Graph graph) {
    this.graph = graph;
    this.narrowed =
        graph.nodes().stream()
            .filter(node -> node.op() instanceof Cast cast && cast.type() == ElementType.FLOAT32)
            .map(node -> graph.input(node.inputs().get(0)))
            .filter(input -> input != null && input.type() == ElementType.FLOAT64)
            .map(Input::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Tensors by name in declared order.
   *
   * @throws IllegalArgumentException listing the inputs, if a name is none of theirs, as a misspelt
   *     one is, or one is missing
   */
  public List<Tensor> ordered(Map<String, Tensor> named) {
    for (String name : named.keySet()) {
      if (graph.input(name) == null) {
        throw fault("there is no input \"" + name + "\"");
      }
    }
    List<Tensor> ordered = new ArrayList<>();
    for (Input input : graph.inputs()) {
      Tensor tensor = named.get(input.name());
      if (tensor == null) {
        throw fault("input \"" + input.name() + "\" is missing");
      }
      ordered.add(tensor);
    }
    return ordered;
  }

  private IllegalArgumentException fault(String reason) {
    return new IllegalArgumentException(
        "%s; %s has inputs %s".formatted(reason, graph.name(), graph.inputs()));
  }

  /**
   * Returns if tensors in declared order are accepted.
   *
   * @throws IllegalArgumentException naming the input that refuses one, or their number
   * @throws NarrowingException naming the input that holds a number too large for float32
   */
  public void check(List<Tensor> tensors) {
    checkCount(tensors.size());
    for (int i = 0; i < tensors.size(); i++) {
      Input declared = graph.inputs().get(i);
      Tensor tensor = tensors.get(i);
      check(declared, tensor.type(), tensor.shape(), tensor);
      if (narrowed.contains(declared.name())) {
        requireReached(declared, tensor);
      }
    }
  }

  /** Refuses finite numbers that would be infinite. */
  private static void requireReached(Input declared, Tensor tensor) {
    for (long i = 0; i < tensor.shape().size(); i++) {
      double number = tensor.doubleAt(i);
      if (Double.isFinite(number) && Float.isInfinite((float) number)) {
        throw new NarrowingException("input \"" + declared.name() + "\"", number);
      }
    }
  }

  /** As {@link #check}, of shapes alone. */
  public void checkShapes(List<Shape> shapes) {
    checkCount(shapes.size());
    for (int i = 0; i < shapes.size(); i++) {
      Input declared = graph.inputs().get(i);
      check(declared, declared.type(), shapes.get(i), shapes.get(i));
    }
  }

  private static void check(Input declared, ElementType type, Shape shape, Object given) {
    if (type != declared.type() || !declared.accepts(shape)) {
      throw new IllegalArgumentException("input " + declared + " does not accept " + given);
    }
  }

  private void checkCount(int count) {
    if (count != graph.inputs().size()) {
      throw new IllegalArgumentException(
          "%s has inputs %s, got %d".formatted(graph.name(), graph.inputs(), count));
    }
  }
}
