package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.BatchNormFactors;
import io.clarinet.kernel.opencl.EpilogueDefines;
import io.clarinet.kernel.opencl.MemoryBound;
import io.clarinet.op.BatchNorm;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/gpu/batch_norm_gpu.cl}: a factor and an addend a channel, then the activation. */
record BatchNormGpu(BatchNorm op) implements Kernel {

  @Override
  public String name() {
    return "batch_norm_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = BatchNormFactors.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    int pixels = x.h() * x.w();
    int blocks = MemoryBound.blocks(x.c(), device);
    int floats = blocks * device.channelBlock();
    return GpuOffer.blocked(device, inputs, outputs)
        .reading(1)
        .packed(BatchNormFactors.factors(op, x.c(), floats))
        .packed(BatchNormFactors.addends(op, x.c(), floats))
        .launch(
            name(),
            EpilogueDefines.of(op, device.channelBlock()),
            (long) blocks * pixels,
            x.n(),
            new Arguments()
                .input(0)
                .output()
                .packed(0)
                .packed(1)
                .ints(x.c(), pixels)
                .floats(op.lo(), op.hi()))
        .accept();
  }
}
