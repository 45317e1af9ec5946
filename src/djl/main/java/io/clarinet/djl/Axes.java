package io.clarinet.djl;

import io.clarinet.tensor.Tensor;

/** Axes, which may be counted from the end by negative numbers. */
final class Axes {
  private Axes() {}

  static int of(int axis, Tensor tensor) {
    return of(axis, tensor.shape().rank());
  }

  static int of(int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException("axis " + axis + " of an array of rank " + rank);
    }
    return axis < 0 ? axis + rank : axis;
  }
}
