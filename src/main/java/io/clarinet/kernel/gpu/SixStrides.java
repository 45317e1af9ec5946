package io.clarinet.kernel.gpu;

import io.clarinet.kernel.opencl.SixAxes;
import io.clarinet.kernel.opencl.StridedCopy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Six axes of a plain result and the strides of values that walk them. Axes that every value walks
 * as one are joined, since a kernel divides once for each axis of more than one element.
 */
final class SixStrides {
  /** Stands for no axis. */
  static final int NONE = -1;

  /** Floats that memory gives at once. */
  private static final int SECTOR = 8;

  /** Work-items that ask at once. */
  private static final int WARP = 32;

  /** Floats of a batch item, about: more than a sector. */
  private static final long FAR = 1 << 10;

  private final int[] extents;
  private final int[][] strides;
  private final int[] outer;

  /**
   * @param extents of the result, as {@link SixAxes} has them
   * @param strides of each value along each axis; that of its batch counts batch items
   * @param outer which axis is each value's batch, or {@link #NONE}
   */
  SixStrides(int[] extents, int[][] strides, int... outer) {
    this.extents = extents.clone();
    this.strides = Arrays.stream(strides).map(int[]::clone).toArray(int[][]::new);
    this.outer = outer.clone();
    int inner = SixAxes.COUNT - 1;
    for (int axis = inner - 1; axis > 0; axis--) {
      if (this.extents[axis] == 1) {
        continue;
      }
      if (joins(axis, inner)) {
        this.extents[inner] *= this.extents[axis];
        this.extents[axis] = 1;
      } else {
        inner = axis;
      }
    }
  }

  /** The strides of a copy's input. */
  static SixStrides of(StridedCopy copy) {
    return new SixStrides(copy.extents(), new int[][] {copy.strides()}, copy.outer());
  }

  private boolean joins(int axis, int inner) {
    if (extents[inner] == 1) {
      return false;
    }
    for (int value = 0; value < strides.length; value++) {
      boolean batch = outer[value] == axis || outer[value] == inner;
      if (batch || strides[value][axis] != (long) strides[value][inner] * extents[inner]) {
        return false;
      }
    }
    return true;
  }

  /** The extents that are left; 1 of axes that were joined to another. */
  int[] extents() {
    return extents.clone();
  }

  /** The strides of the result itself; along the batch it counts items. */
  int[] dense() {
    int[] dense = new int[SixAxes.COUNT];
    dense[SixAxes.COUNT - 1] = 1;
    for (int axis = SixAxes.COUNT - 2; axis > 0; axis--) {
      dense[axis] = dense[axis + 1] * extents[axis + 1];
    }
    dense[0] = 1;
    return dense;
  }

  /** Bytes that come with each byte of a value that neighbours ask for, itself included. */
  double waste(int value) {
    Set<Long> sectors = new HashSet<>();
    int neighbours = 0;
    for (; neighbours < WARP; neighbours++) {
      long above = neighbours;
      long at = 0;
      for (int axis = SixAxes.COUNT - 1; axis >= 0; axis--) {
        long stride = axis == outer[value] ? FAR : 1;
        at += above % extents[axis] * strides[value][axis] * stride;
        above /= extents[axis];
      }
      if (above > 0) {
        break;
      }
      sectors.add(Math.floorDiv(at, SECTOR));
    }
    return Math.max(1, (double) sectors.size() * SECTOR / neighbours);
  }

  /** A value's strides. */
  int[] strides(int value) {
    return strides[value].clone();
  }
}
