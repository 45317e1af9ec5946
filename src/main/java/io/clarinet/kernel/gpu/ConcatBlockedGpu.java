package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.MemoryBound;
import io.clarinet.kernel.view.ConcatJoin;
import io.clarinet.op.Concat;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/concat_gpu.cl}: images in channel blocks, joined along the channels. */
record ConcatBlockedGpu(Concat op) implements Kernel {
  @Override
  public String name() {
    return "concat_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = ConcatJoin.declined(op, inputs);
    if (declined != null) {
      return declined;
    }
    GpuOffer offer = GpuOffer.blocked(device, inputs, outputs);
    int channels = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Shape x = inputs.get(i).shape();
      int pixels = x.h() * x.w();
      int touched = MemoryBound.blocks(channels % device.channelBlock() + x.c(), device);
      offer.launch(
          name(),
          Map.of(),
          (long) touched * pixels,
          x.n(),
          new Arguments().input(i).output().ints(x.c(), pixels, channels),
          2 * GpuOffer.bytes(inputs.get(i)));
      channels += x.c();
    }
    return offer.accept();
  }
}
