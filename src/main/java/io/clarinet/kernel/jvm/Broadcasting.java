package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** A function of two plain values of any shapes that broadcast. */
record Broadcasting(Binary op) implements Kernel {

  @Override
  public String name() {
    return "binary";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    Combine work = new Combine(op, inputs.get(0).shape(), inputs.get(1).shape(), y);
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  private record Combine(Binary op, Shape a, Shape b, Shape y) implements JvmKernel {
    private static final int ELEMENTS_PER_TASK = ElementRuns.RUN;

    private int width() {
      return y.rank() == 0 ? 1 : y.dim(-1);
    }

    private int rowsPerTask() {
      return Math.max(1, ELEMENTS_PER_TASK / Math.max(1, width()));
    }

    private int rows() {
      return width() == 0 ? 0 : Math.toIntExact(y.size() / width());
    }

    @Override
    public void run(Arguments arguments) {
      int tasks = ceilDiv(rows(), rowsPerTask());
      arguments.parallel(tasks, task -> task(arguments, task));
    }

    private void task(Arguments arguments, int task) {
      int end = Math.min(rows(), (task + 1) * rowsPerTask());
      for (int row = task * rowsPerTask(); row < end; row++) {
        row(arguments, row);
      }
    }

    private void row(Arguments arguments, int row) {
      View left = arguments.input(0);
      View right = arguments.input(1);
      View out = arguments.output(0);
      int to = start(out, y, row);
      int step = y.rank() == 1 ? out.batchStride() : 1;
      int leftStep = step(left, a);
      int rightStep = step(right, b);
      int leftAt = start(left, a, row);
      int rightAt = start(right, b, row);
      if (step == 1 && leftStep <= 1 && rightStep <= 1) {
        Combination.run(
            op.kind(),
            left.data(),
            leftAt,
            leftStep,
            right.data(),
            rightAt,
            rightStep,
            out.data(),
            to,
            width());
      } else {
        apart(
            left.data(), leftAt, leftStep, right.data(), rightAt, rightStep, out.data(), to, step);
      }
      Unary activation = op.activation();
      for (int i = 0; activation != null && i < width(); i++) {
        float v = out.data()[to + i * step];
        out.data()[to + i * step] = (float) activation.apply(v);
      }
    }

    private void apart(
        float[] left,
        int leftAt,
        int leftStep,
        float[] right,
        int rightAt,
        int rightStep,
        float[] y,
        int to,
        int step) {
      for (int i = 0; i < width(); i++) {
        float v = left[leftAt + i * leftStep];
        float w = right[rightAt + i * rightStep];
        y[to + i * step] = (float) op.kind().apply(v, w);
      }
    }

    /** Elements between neighbours on the innermost axis; 0 where they are one. */
    private static int step(View view, Shape shape) {
      if (shape.rank() == 0 || shape.dim(-1) == 1) {
        return 0;
      }
      return shape.rank() == 1 ? view.batchStride() : 1;
    }

    /** Index of an operand's element for the first element of an output row. */
    private int start(View view, Shape shape, int row) {
      int at = view.offset();
      int stride = 1;
      int rest = row;
      for (int back = 2; back <= y.rank(); back++) {
        int coordinate = rest % y.dim(-back);
        rest /= y.dim(-back);
        if (back <= shape.rank()) {
          stride *= shape.dim(-back + 1);
          int own = back == shape.rank() ? view.batchStride() : stride;
          at += shape.dim(-back) == 1 ? 0 : coordinate * own;
        }
      }
      return at;
    }
  }
}
