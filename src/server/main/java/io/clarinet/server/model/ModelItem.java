package io.clarinet.server.model;

import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A model as it is served, and what one item of it is.
 *
 * @param model open to any batch where it can be
 * @param shapes of its inputs for one item; sides that are open are as large as its preprocessing
 *     makes them
 */
record ModelItem(Model model, List<Shape> shapes) {
  private static final int OPEN_SIDE = 224;

  ModelItem {
    shapes = List.copyOf(shapes);
  }

  /** Of a model as it was read. */
  static ModelItem of(Model loaded) {
    Model model = anyBatch(loaded);
    List<Shape> shapes = new ArrayList<>();
    for (Input input : model.inputs()) {
      shapes.add(shape(input, model));
    }
    return new ModelItem(model, shapes);
  }

  private static Model anyBatch(Model model) {
    try {
      return isOpen(model) ? model : model.withAnyBatch();
    } catch (GraphException e) {
      return model;
    }
  }

  private static boolean isOpen(Model model) {
    return model.inputs().stream()
        .allMatch(i -> !i.dims().isEmpty() && i.dims().get(0) == Input.UNKNOWN);
  }

  private static Shape shape(Input input, Model model) {
    boolean picture = input.dims().size() == 4;
    int[] dims = input.shape(picture ? Classifier.preprocessOf(model).crop() : OPEN_SIDE).dims();
    if (dims.length > 0 && input.dims().get(0) == Input.UNKNOWN) {
      dims[0] = 1;
    }
    return Shape.of(dims);
  }

  /** Whether it takes any batch. */
  boolean isOpen() {
    return !shapes.isEmpty() && isOpen(model);
  }

  /** An item of zeros. */
  List<Tensor> zeros() {
    List<Tensor> zeros = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      zeros.add(Tensor.zeros(model.inputs().get(i).type(), shapes.get(i)));
    }
    return zeros;
  }
}
