package io.clarinet.server.model;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model takes and gives.
 *
 * @param outputs as inputs are told: extents that depend on the inputs' are {@link Input#UNKNOWN}
 */
public record Signature(List<Input> inputs, List<Input> outputs) {
  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Of a graph: what its outputs are at two sizes of what the inputs leave open.
   *
   * @param usual shapes of the inputs
   */
  static Signature of(Graph graph, List<Shape> usual) {
    List<Fact> some = facts(graph, usual);
    List<Fact> others = facts(graph, enlarged(graph.inputs(), usual));
    List<Input> outputs = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      List<Integer> dims = common(some.get(i).shape(), others.get(i).shape());
      outputs.add(new Input(graph.outputs().get(i), some.get(i).type(), dims));
    }
    return new Signature(graph.inputs(), outputs);
  }

  private static List<Fact> facts(Graph graph, List<Shape> shapes) {
    Map<String, Shape> named = new LinkedHashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      named.put(graph.inputs().get(i).name(), shapes.get(i));
    }
    Map<String, Fact> facts = graph.specialised(named).facts();
    return graph.outputs().stream().map(facts::get).toList();
  }

  private static List<Shape> enlarged(List<Input> inputs, List<Shape> usual) {
    List<Shape> larger = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      int[] dims = usual.get(i).dims();
      for (int k = 0; k < dims.length; k++) {
        boolean open = inputs.get(i).dims().get(k) == Input.UNKNOWN;
        dims[k] = open ? 2 * dims[k] : dims[k];
      }
      larger.add(Shape.of(dims));
    }
    return larger;
  }

  private static List<Integer> common(Shape one, Shape other) {
    List<Integer> dims = new ArrayList<>();
    for (int k = 0; k < one.rank(); k++) {
      boolean same = other.rank() == one.rank() && other.dim(k) == one.dim(k);
      dims.add(same ? one.dim(k) : Input.UNKNOWN);
    }
    return dims;
  }
}
