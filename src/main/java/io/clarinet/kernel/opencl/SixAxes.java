package io.clarinet.kernel.opencl;

import io.clarinet.tensor.Shape;
import java.util.Arrays;

/**
 * Plain values as kernels of six axes see them: axis 0 of the result, its batch, in front, then
 * axes of extent 1, then the others.
 */
public final class SixAxes {
  public static final int COUNT = 6;

  private SixAxes() {}

  /** The place of an axis of a result of this rank; a vector's only axis is the last. */
  public static int slot(int axis, int rank) {
    return axis == 0 && rank > 1 ? 0 : COUNT - rank + axis;
  }

  /** The extents of a result. */
  public static int[] extents(Shape y) {
    int[] extents = new int[COUNT];
    Arrays.fill(extents, 1);
    for (int axis = 0; axis < y.rank(); axis++) {
      extents[slot(axis, y.rank())] = y.dim(axis);
    }
    return extents;
  }

  /** Rows of one batch item: everything but the batch and the last axis. */
  public static int rows(int[] extents) {
    return Math.toIntExact(
        Arrays.stream(extents, 1, COUNT - 1).asLongStream().reduce(1, Math::multiplyExact));
  }

  /** The extents that kernels take as arguments: all but the batch. */
  public static int[] inner(int[] extents) {
    return Arrays.copyOfRange(extents, 1, COUNT);
  }
}
