package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Products of plain matrices, the outer axes broadcast, row by row. */
record MatrixProduct() implements Kernel {
  /** Operations at the peak in the time of one: every product is loaded, and its sum. */
  private static final double LOAD_COST = 4;

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    Shape y = outputs.get(0).shape();
    if (a.rank() < 2 || b.rank() < 2 || y.size() == 0) {
      return new Offer.Decline("only for matrices with elements");
    }
    return new Offer.Accept(
        new Work.Jvm(new Multiply(a, b, y)),
        Collections.nCopies(2, Layout.PLAIN),
        List.of(Layout.PLAIN),
        List.of(),
        List.of(4L * device.limits().computeUnits() * y.dim(-1)),
        device.seconds(
            LOAD_COST * 2 * y.size() * a.dim(-1), 4.0 * (a.size() + b.size() + y.size())));
  }

  private record Multiply(Shape a, Shape b, Shape y) implements JvmKernel {
    private static final int ROWS_PER_TASK = 16;

    private int rows() {
      return y.dim(-2);
    }

    private int tasksPerMatrix() {
      return ceilDiv(rows(), ROWS_PER_TASK);
    }

    @Override
    public void run(Arguments arguments) {
      int matrices = Math.toIntExact(y.size(0, y.rank() - 2));
      arguments.parallel(matrices * tasksPerMatrix(), task -> task(arguments, task));
    }

    private void task(Arguments arguments, int task) {
      int matrix = task / tasksPerMatrix();
      View left = arguments.input(0);
      View right = arguments.input(1);
      View out = arguments.output(0);
      int from = start(left, a, matrix);
      int to = start(out, y, matrix);
      int bAt = start(right, b, matrix);
      int first = task % tasksPerMatrix() * ROWS_PER_TASK;
      for (int row = first; row < Math.min(rows(), first + ROWS_PER_TASK); row++) {
        int aAt = from + row * rowStride(left, a);
        row(arguments, left, aAt, right, bAt, to + row * rowStride(out, y));
      }
    }

    /** One row: sums of at most {@link Lanes#RUN} products wait aside, and are joined. */
    private void row(Arguments arguments, View left, int aAt, View right, int bAt, int to) {
      int columns = y.dim(-1);
      float[] out = arguments.output(0).data();
      float[] sums = arguments.scratch(0).data();
      int at = arguments.scratch(0).offset() + arguments.worker() * columns;
      int step = rowStride(right, b);
      int depth = a.dim(-1);
      Arrays.fill(out, to, to + columns, 0);
      for (int begin = 0; begin < depth; begin += Lanes.RUN) {
        Arrays.fill(sums, at, at + columns, 0);
        for (int k = begin; k < Math.min(depth, begin + Lanes.RUN); k++) {
          addProduct(left.data()[aAt + k], right.data(), bAt + k * step, sums, at, columns);
        }
        addProduct(1, sums, at, out, to, columns);
      }
    }

    /** sums += factor · x. */
    private static void addProduct(
        float factor, float[] x, int from, float[] sums, int at, int count) {
      for (int i = 0; i < count; i++) {
        sums[at + i] += factor * x[from + i];
      }
    }

    private static int rowStride(View view, Shape matrices) {
      return matrices.rank() == 2 ? view.batchStride() : matrices.dim(-1);
    }

    /** Index of the first element of the matrix that makes one of the result's. */
    private int start(View view, Shape operand, int matrix) {
      int at = view.offset();
      int rest = matrix;
      for (int back = 3; back <= y.rank(); back++) {
        int coordinate = rest % y.dim(-back);
        rest /= y.dim(-back);
        if (back <= operand.rank() && operand.dim(-back) > 1) {
          int axis = operand.rank() - back;
          at += coordinate * (axis == 0 ? view.batchStride() : (int) operand.strides()[axis]);
        }
      }
      return at;
    }
  }
}
