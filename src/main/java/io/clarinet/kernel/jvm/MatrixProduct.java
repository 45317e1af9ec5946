package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Own;
import io.clarinet.kernel.Work;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Products of plain matrices, the outer axes broadcast: some rows of the left under {@link
 * FourTerms} of the right at a time, which are copied once for all of these.
 */
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

    /** Columns whose sums and terms stay in a core's first cache. */
    private static final int MOST_COLUMNS = 512;

    private static final Own<Rows> OWN = new Own<>(Rows::new);

    /** A thread's own arrays: rows of the right, sums, and the last factors of two rows. */
    private record Rows(float[][] terms, float[][] sums, float[] last) {
      Rows() {
        this(
            FourTerms.rows(FourTerms.COUNT, MOST_COLUMNS),
            FourTerms.rows(ROWS_PER_TASK, MOST_COLUMNS),
            new float[2 * FourTerms.COUNT]);
      }
    }

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
      int count = Math.min(rows() - first, ROWS_PER_TASK);
      int aAt = from + first * rowStride(left, a);
      int yAt = to + first * rowStride(out, y);
      for (int column = 0; column < y.dim(-1); column += MOST_COLUMNS) {
        int columns = Math.min(MOST_COLUMNS, y.dim(-1) - column);
        columns(arguments, OWN.get(), count, aAt, bAt + column, yAt + column, columns);
      }
    }

    /** Some columns of a task's rows: sums of at most {@link Lanes#RUN} products are joined. */
    private void columns(
        Arguments arguments, Rows own, int count, int aAt, int bAt, int yAt, int columns) {
      int depth = a.dim(-1);
      for (int row = 0; row < count; row++) {
        int at = yAt + row * rowStride(arguments.output(0), y);
        Arrays.fill(arguments.output(0).data(), at, at + columns, 0);
      }
      for (int begin = 0; begin < depth; begin += Lanes.RUN) {
        for (float[] sums : own.sums) {
          Arrays.fill(sums, 0, columns, 0);
        }
        int end = Math.min(depth, begin + Lanes.RUN);
        for (int k = begin; k < end; k += FourTerms.COUNT) {
          int terms = Math.min(FourTerms.COUNT, end - k);
          copy(arguments.input(1), bAt, k, terms, own.terms, columns);
          add(arguments.input(0), aAt + k, count, terms, own, columns);
        }
        for (int row = 0; row < count; row++) {
          join(own.sums[row], arguments.output(0), yAt, row, columns);
        }
      }
    }

    /** Copies {@code terms} rows of the right; the others are zeros. */
    private void copy(View right, int bAt, int k, int terms, float[][] to, int columns) {
      for (int i = 0; i < FourTerms.COUNT; i++) {
        if (i < terms) {
          int at = bAt + (k + i) * rowStride(right, b);
          System.arraycopy(right.data(), at, to[i], 0, columns);
        } else {
          Arrays.fill(to[i], 0, columns, 0);
        }
      }
    }

    /** Adds terms to the sums of two rows at a time; the last may be its own other. */
    private void add(View left, int at, int count, int terms, Rows own, int columns) {
      int stride = rowStride(left, a);
      for (int row = 0; row < count; row += 2) {
        int one = at + row * stride;
        int other = row + 1 < count ? one + stride : one;
        float[] factors = left.data();
        if (terms < FourTerms.COUNT) {
          Arrays.fill(own.last, 0);
          System.arraycopy(left.data(), one, own.last, 0, terms);
          System.arraycopy(left.data(), other, own.last, FourTerms.COUNT, terms);
          factors = own.last;
          one = 0;
          other = FourTerms.COUNT;
        }
        FourTerms.add(own.sums[row], own.sums[row + 1], own.terms, 0, factors, one, other, columns);
      }
    }

    private void join(float[] sums, View out, int yAt, int row, int columns) {
      int at = yAt + row * rowStride(out, y);
      for (int i = 0; i < columns; i++) {
        out.data()[at + i] += sums[i];
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
