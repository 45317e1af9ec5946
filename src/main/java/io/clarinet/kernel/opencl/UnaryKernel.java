package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/unary.cl}: a function of each element, in channel blocks or plain. */
record UnaryKernel(Unary op, boolean blocked) implements Kernel {
  @Override
  public String name() {
    return blocked ? "unary" : "unary_plain";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined =
        blocked ? Declines.unlessImages(inputs) : Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    return blocked ? blocked(x, inputs, outputs, device) : plain(x, inputs, outputs, device);
  }

  private Offer blocked(Shape x, List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    return MemoryBound.blocked(device, inputs, outputs)
        .launch(
            "unary",
            EpilogueDefines.of(op, device.channelBlock()),
            MemoryBound.runs(x, device),
            arguments(x.c(), x.h() * x.w()))
        .accept();
  }

  private Offer plain(Shape x, List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    int items = x.rank() < 2 ? 1 : x.n();
    int elements = (int) (x.size() / items);
    int runs = ceilDiv(elements, MemoryBound.RUN * device.channelBlock());
    return MemoryBound.plain(device, inputs, outputs)
        .launch(
            "unary",
            EpilogueDefines.of(op, device.channelBlock()),
            NdRange.items(1, runs, items),
            arguments(0, elements))
        .accept();
  }

  private Arguments arguments(int channels, int pixels) {
    return new Arguments().input(0).output().ints(channels, pixels).floats(op.lo(), op.hi());
  }
}
