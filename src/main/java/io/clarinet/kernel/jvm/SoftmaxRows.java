package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Softmax;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** Softmax of plain values, one normalisation a task. */
record SoftmaxRows(Softmax op) implements Kernel {

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
    Normalise work = new Normalise(op.log(), PlainRows.of(x, op.extent(x), op.stride(x)));
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  private record Normalise(boolean log, PlainRows rows) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(rows.count(), row -> row(arguments.input(0), arguments.output(0), row));
    }

    private void row(View x, View y, int row) {
      int from = rows.at(x, row, 0);
      int to = rows.at(y, row, 0);
      int step = rows.step(x);
      int toStep = rows.step(y);
      float max = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < rows.extent(); k++) {
        max = Math.max(max, x.data()[from + k * step]);
      }
      double sum = 0;
      for (int k = 0; k < rows.extent(); k++) {
        double e = Math.exp((double) x.data()[from + k * step] - max);
        y.data()[to + k * toStep] = (float) e;
        sum += e;
      }
      double logSum = Math.log(sum);
      for (int k = 0; k < rows.extent(); k++) {
        int at = to + k * toStep;
        double shifted = (double) x.data()[from + k * step] - max;
        y.data()[at] = (float) (log ? shifted - logSum : y.data()[at] / sum);
      }
    }
  }
}
