package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Reduce;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/global_pool2d.cl}: means and maxima over all pixels of an image in blocks. */
record ReduceImage(Reduce op) implements Kernel {

  @Override
  public String name() {
    return "reduce_image";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = PooledPixels.declined(op, inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    return MemoryBound.blocked(device, inputs, outputs)
        .launch(
            "global_pool2d",
            Pool2dKernel.defines(PooledPixels.kind(op), device),
            NdRange.items(MemoryBound.blocks(x.c(), device), x.n()),
            new Arguments().input(0).output().ints(x.c(), x.h() * x.w()))
        .accept(1);
  }
}
