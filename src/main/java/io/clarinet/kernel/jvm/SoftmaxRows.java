package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Softmax;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.function.IntFunction;

/** Softmax of plain values, some normalisations a task. */
record SoftmaxRows(Softmax op, IntFunction<InnerLoops> loops) implements Kernel {
  /** Elements of a task, in whose time taking it counts for nothing. */
  private static final int TASK = 2048;

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = PlainRows.declined(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    PlainRows rows = PlainRows.of(x, op.extent(x), op.stride(x));
    Normalise work = new Normalise(op.log(), rows, loops.apply(device.channelBlock()));
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  private record Normalise(boolean log, PlainRows rows, InnerLoops loops) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      int each = ceilDiv(TASK, rows.extent());
      arguments.parallel(
          ceilDiv(rows.count(), each),
          task -> {
            int end = Math.min(rows.count(), (task + 1) * each);
            for (int row = task * each; row < end; row++) {
              row(arguments.input(0), arguments.output(0), row);
            }
          });
    }

    private void row(View x, View y, int row) {
      int from = rows.at(x, row, 0);
      int to = rows.at(y, row, 0);
      if (rows.step(x) == 1 && rows.step(y) == 1) {
        together(x.data(), from, y.data(), to);
      } else {
        apart(x.data(), from, rows.step(x), y.data(), to, rows.step(y));
      }
    }

    /** A row whose elements follow each other. */
    private void together(float[] x, int from, float[] y, int to) {
      int count = rows.extent();
      float most = largest(x, from, y, to);
      loops.activations().exponentials(x, from, count, most, y, to);
      double sum = loops.normalisations().total(y, to, count, 0);
      if (log) {
        double logSum = Math.log(sum);
        for (int i = 0; i < count; i++) {
          y[to + i] = (float) ((double) x[from + i] - most - logSum);
        }
      } else {
        float share = (float) (1 / sum);
        for (int i = to; i < to + count; i++) {
          y[i] *= share;
        }
      }
    }

    /** The largest of a row's elements, by way of its first block of results. */
    private float largest(float[] x, int from, float[] y, int to) {
      int block = loops.block();
      int whole = rows.extent() / block * block;
      float most = Float.NEGATIVE_INFINITY;
      if (whole > 0) {
        loops.lanes().max(x, from, whole / block, block, 1, block, y, to);
        for (int i = 0; i < block; i++) {
          most = Math.max(most, y[to + i]);
        }
      }
      for (int i = whole; i < rows.extent(); i++) {
        most = Math.max(most, x[from + i]);
      }
      return most;
    }

    private void apart(float[] x, int from, int step, float[] y, int to, int toStep) {
      float most = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < rows.extent(); k++) {
        most = Math.max(most, x[from + k * step]);
      }
      double sum = 0;
      for (int k = 0; k < rows.extent(); k++) {
        float power = Exponential.of(x[from + k * step] - most);
        y[to + k * toStep] = power;
        sum += power;
      }
      double logSum = Math.log(sum);
      for (int k = 0; k < rows.extent(); k++) {
        int at = to + k * toStep;
        double shifted = (double) x[from + k * step] - most;
        y[at] = (float) (log ? shifted - logSum : y[at] / sum);
      }
    }
  }
}
