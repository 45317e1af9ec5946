package io.clarinet.engine;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What plans are for, as people read it.
 *
 * @param device id and name
 * @param shapes of one plan's inputs in declared order
 */
public record Subject(String model, String device, String shapes) {

  /** A model on a device, with inputs of any shapes. */
  public Subject(String model, String device) {
    this(model, device, "");
  }

  Subject with(Graph concrete) {
    return with(concrete.inputs().stream().map(input -> input.shape(0)).toList());
  }

  Subject with(List<Shape> inputs) {
    return new Subject(
        model, device, inputs.stream().map(Shape::toString).collect(Collectors.joining(", ")));
  }
}
