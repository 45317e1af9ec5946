package io.clarinet.op;

import io.clarinet.tensor.Shape;

/**
 * The rows of a value along one axis, each of which an operator takes as a whole.
 *
 * @param axis the axis; negative counts from the innermost
 * @param flat whether all axes from {@code axis} on are one (ONNX before opset 13)
 */
record RowsAlong(int axis, boolean flat) {

  /** Elements of a row. */
  long extent(Shape x) {
    int first = first(x);
    return flat ? x.size(first, x.rank()) : x.dim(first);
  }

  /** Distance between neighbours of one row, in elements. */
  long stride(Shape x) {
    return flat ? 1 : x.size(first(x) + 1, x.rank());
  }

  /** Whether every row lies within one item of the first axis. */
  boolean keepItems(Shape x) {
    return first(x) != 0;
  }

  private int first(Shape x) {
    return flat && axis == x.rank() ? axis : x.axis(axis);
  }
}
