package io.clarinet.importer.keras;

import io.clarinet.tensor.Fact;

/**
 * The result of a layer, as a value of the graph.
 *
 * @param moved whether the model's last axis, its channels, is the graph's second
 * @param fact type and shape in the graph, for one example of an open batch
 */
record Value(String name, boolean moved, Fact fact) {

  int rank() {
    return fact.shape().rank();
  }

  /**
   * The graph's axis for one of the model's.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  int axis(int modelAxis) {
    int axis = fact.shape().axis(modelAxis);
    return !moved || axis == 0 ? axis : axis == rank() - 1 ? 1 : axis + 1;
  }
}
