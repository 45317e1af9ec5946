package io.clarinet.random;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;

/**
 * A value of a graph in the making.
 *
 * @param exact its elements as the reference has them
 * @param shaken its elements where every operator before it made errors somewhat larger than those
 *     of float32
 */
record Value(String name, Tensor exact, Tensor shaken) {

  Shape shape() {
    return exact.shape();
  }

  int rank() {
    return shape().rank();
  }

  int dim(int axis) {
    return shape().dim(axis);
  }

  boolean isReal() {
    return exact.type() == ElementType.FLOAT32;
  }

  /** Whether it is float32 and has rows and columns. */
  boolean isImage() {
    return isReal() && rank() == 4;
  }
}
