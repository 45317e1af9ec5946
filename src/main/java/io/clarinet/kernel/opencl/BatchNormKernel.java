package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.BatchNorm;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/batch_norm.cl}: a factor and an addend a channel, then the activation. */
record BatchNormKernel(BatchNorm op) implements Kernel {
  @Override
  public String name() {
    return "batch_norm";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = BatchNormFactors.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    int floats = MemoryBound.blocks(x.c(), device) * device.channelBlock();
    return MemoryBound.blocked(device, inputs, outputs)
        .packed(BatchNormFactors.factors(op, x.c(), floats))
        .packed(BatchNormFactors.addends(op, x.c(), floats))
        .launch(
            name(),
            EpilogueDefines.of(op, device.channelBlock()),
            MemoryBound.runs(x, device),
            new Arguments()
                .input(0)
                .output()
                .packed(0)
                .packed(1)
                .ints(x.c(), x.h() * x.w())
                .floats(op.lo(), op.hi()))
        .accept(1);
  }
}
