package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/**
 * {@code opencl/cpu/global_pool2d.cl}: all pixels of an image in channel blocks, a block at a time.
 */
record GlobalPool2dKernel(GlobalPool2d op) implements Kernel {

  @Override
  public String name() {
    return "global_pool2d";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(MemoryBound.all(inputs, outputs));
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    return MemoryBound.blocked(device, inputs, outputs)
        .launch(
            name(),
            Pool2dKernel.defines(op.kind(), device),
            NdRange.items(MemoryBound.blocks(x.c(), device), x.n()),
            new Arguments().input(0).output().ints(x.c(), x.h() * x.w()))
        .accept();
  }
}
