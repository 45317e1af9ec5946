package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.MaxUnpool;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** Elements put back to where a maximum pooling took them from, a plane a task. */
record MaxUnpooling(MaxUnpool op) implements Kernel {

  @Override
  public String name() {
    return "max_unpool";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Shape x = inputs.get(0).shape();
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Planes work = new Planes(x, op.pooled(x), outputs.get(0).shape());
    List<Offer.Packed> shape =
        inputs.size() < 3 ? List.of() : List.of(new Offer.Packed(List.of(2), new NothingPacked()));
    return Offers.of(work, Layout.PLAIN, inputs, outputs, shape, device);
  }

  private record Planes(Shape x, Shape image, Shape y) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(x.n() * x.c(), plane -> plane(arguments, plane / x.c(), plane % x.c()));
    }

    private void plane(Arguments a, int item, int c) {
      int elements = (int) x.size(2, x.rank());
      int from = a.input(0).item(item) + c * elements;
      int indices = a.input(1).item(item) + c * elements;
      int grown = (int) y.size(2, y.rank());
      int to = a.output(0).item(item) + c * grown;
      float[] out = a.output(0).data();
      for (int i = 0; i < grown; i++) {
        out[to + i] = 0;
      }
      long plane = image.size(2, image.rank());
      long first = ((long) item * x.c() + c) * plane;
      for (int i = 0; i < elements; i++) {
        long within = ElementBits.get(a.input(1).data(), indices + i) - first;
        if (within >= 0 && within < plane) {
          out[to + moved((int) within)] = a.input(0).data()[from + i];
        }
      }
    }

    /** The index in a plane of y of an index in one of the image. */
    private int moved(int within) {
      int rest = within;
      int index = 0;
      int stride = 1;
      for (int axis = image.rank() - 1; axis >= 2; axis--) {
        index += rest % image.dim(axis) * stride;
        rest /= image.dim(axis);
        stride *= y.dim(axis);
      }
      return index;
    }
  }
}
