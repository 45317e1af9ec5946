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

/** {@code opencl/gpu/unary_plain_gpu.cl}: a function of each element of a plain value. */
record UnaryPlainGpu(Unary op) implements Kernel {
  @Override
  public String name() {
    return "unary_plain_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    return GpuOffer.plain(device, inputs, outputs)
        .launch(
            name(),
            EpilogueDefines.of(op, device.channelBlock()),
            GpuRange.quads(x.size()),
            1,
            new Arguments()
                .input(0)
                .output()
                .ints((int) x.size(), GpuRange.item(x))
                .floats(op.lo(), op.hi()))
        .accept();
  }
}
