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
    for (int i = 0; i < extents[last]; i++) {
      y.data()[to + i * step] = source[i] < 0 ? fill : x.data()[at + source[i] * stride];
    }
  }

  private int inputStride(View x, int axis) {
    return axis == 0 ? x.batchStride() : (int) inputStrides[axis];
  }

  private int outputStride(View y, int axis) {
    return axis == 0 ? y.batchStride() : (int) outputStrides[axis];
  }
}
