package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
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
    Offer.Decline declined = Declines.unlessFloats(inputs);
    Shape x = inputs.get(0).shape();
    if (declined != null || x.rank() == 0) {
      return declined == null ? new Offer.Decline("a scalar has no rows") : declined;
    }
    int item = (int) x.size(1, x.rank());
    int stride = (int) op.stride(x);
    Normalise work = new Normalise(op.log(), (int) op.extent(x), stride, item, (int) x.size());
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  /**
   * @param extent elements of one normalisation
   * @param stride logical elements between its neighbours
   * @param item logical elements of a batch item
   */
  private record Normalise(boolean log, int extent, int stride, int item, int elements)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(elements / extent, task -> one(arguments, task));
    }

    private void one(Arguments a, int task) {
      View x = a.input(0);
      View y = a.output(0);
      int first = task / stride * stride * extent + task % stride;
      float max = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < extent; k++) {
        max = Math.max(max, x.data()[at(x, first + k * stride)]);
      }
      double sum = 0;
      for (int k = 0; k < extent; k++) {
        double e = Math.exp((double) x.data()[at(x, first + k * stride)] - max);
        y.data()[at(y, first + k * stride)] = (float) e;
        sum += e;
      }
      double logSum = Math.log(sum);
      for (int k = 0; k < extent; k++) {
        int to = at(y, first + k * stride);
        double shifted = (double) x.data()[at(x, first + k * stride)] - max;
        y.data()[to] = (float) (log ? shifted - logSum : y.data()[to] / sum);
      }
    }

    private int at(View view, int logical) {
      return view.offset() + logical / item * view.batchStride() + logical % item;
    }
  }
}
