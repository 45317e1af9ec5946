package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.EpilogueDefines;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/gpu/unary_gpu.cl}: a function of each element of an image in channel blocks. */
record UnaryGpu(Unary op) implements Kernel {
  @Override
  public String name() {
    return "unary_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    return GpuOffer.blocked(device, inputs, outputs)
        .launch(
            name(),
            EpilogueDefines.of(op, device.channelBlock()),
            GpuRange.blocks(x, device),
            x.n(),
            new Arguments().input(0).output().ints(x.c(), x.h() * x.w()).floats(op.lo(), op.hi()))
        .accept();
  }
}
