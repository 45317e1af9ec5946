package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel;
import io.clarinet.tensor.Shape;

/**
 * A copy for padding, slicing and transposing: the output's element at each coordinate is the
 * input's at coordinates that depend on one output axis each.
 */
final class IndexedCopy implements JvmKernel {
  private static final int ELEMENTS_PER_TASK = ElementRuns.RUN;
  private final int[] extents;
  private final int[] inputAxes;
  private final int[][] coordinates;
  private final long[] inputStrides;
  private final long[] outputStrides;
  private final float fill;
  private final int rows;
  private final int rowsPerTask;
  private final boolean even;

  /**
   * @param inputAxes the input axis that each output axis walks along; every input axis once
   * @param coordinates by output axis and coordinate, the input coordinate; negative for {@code
   *     fill}
   */
  IndexedCopy(Shape x, Shape y, int[] inputAxes, int[][] coordinates, float fill) {
    this.extents = y.dims();
    this.inputAxes = inputAxes.clone();
    this.coordinates = coordinates.clone();
    this.inputStrides = x.strides();
    this.outputStrides = y.strides();
    this.fill = fill;
    this.even = y.rank() > 0 && even(coordinates[y.rank() - 1]);
    int width = y.rank() == 0 ? 1 : y.dim(-1);
    this.rows = width == 0 ? 0 : Math.toIntExact(y.size() / width);
    this.rowsPerTask = Math.max(1, ELEMENTS_PER_TASK / Math.max(1, width));
  }

  @Override
  public void run(Arguments arguments) {
    arguments.parallel(ceilDiv(rows, rowsPerTask), task -> task(arguments, task));
  }

  private void task(Arguments a, int task) {
    int end = Math.min(rows, (task + 1) * rowsPerTask);
    for (int row = task * rowsPerTask; row < end; row++) {
      row(a.input(0), a.output(0), row);
    }
  }

  private void row(View x, View y, int row) {
    int last = extents.length - 1;
    int at = x.offset();
    int to = y.offset();
    boolean outside = false;
    int rest = row;
    for (int axis = last - 1; axis >= 0; axis--) {
      int coordinate = rest % extents[axis];
      rest /= extents[axis];
      int source = coordinates[axis][coordinate];
      outside |= source < 0;
      at += source * inputStride(x, inputAxes[axis]);
      to += coordinate * outputStride(y, axis);
    }
    if (last < 0) {
      y.data()[to] = x.data()[at];
    } else if (outside) {
      fill(y, to, last);
    } else {
      copy(x, at, y, to, last);
    }
  }

  private void fill(View y, int to, int last) {
    int step = outputStride(y, last);
    for (int i = 0; i < extents[last]; i++) {
      y.data()[to + i * step] = fill;
    }
  }

  private void copy(View x, int at, View y, int to, int last) {
    int[] source = coordinates[last];
    int stride = inputStride(x, inputAxes[last]);
    int step = outputStride(y, last);
    if (even) {
      int from = at + source[0] * stride;
      int next = extents[last] == 1 ? 0 : (source[1] - source[0]) * stride;
      copy(x.data(), from, next, y.data(), to, step, extents[last]);
      return;
    }
    for (int i = 0; i < extents[last]; i++) {
      y.data()[to + i * step] = source[i] < 0 ? fill : x.data()[at + source[i] * stride];
    }
  }

  private static void copy(float[] x, int at, int next, float[] y, int to, int step, int count) {
    if (next == 1 && step == 1) {
      System.arraycopy(x, at, y, to, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      y[to + i * step] = x[at + i * next];
    }
  }

  /** Whether coordinates lie inside and at even distances. */
  private static boolean even(int[] source) {
    for (int i = 0; i < source.length; i++) {
      if (source[i] < 0 || source[i] - source[0] != i * (source[Math.min(1, i)] - source[0])) {
        return false;
      }
    }
    return source.length > 0;
  }

  private int inputStride(View x, int axis) {
    return axis == 0 ? x.batchStride() : (int) inputStrides[axis];
  }

  private int outputStride(View y, int axis) {
    return axis == 0 ? y.batchStride() : (int) outputStrides[axis];
  }
}
