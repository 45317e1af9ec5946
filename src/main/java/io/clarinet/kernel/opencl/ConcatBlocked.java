package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.view.ConcatJoin;
import io.clarinet.op.Concat;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/concat.cl}: images in channel blocks, joined along the channels one by one. */
record ConcatBlocked(Concat op) implements Kernel {
  @Override
  public String name() {
    return "concat";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = ConcatJoin.declined(op, inputs);
    if (declined != null) {
      return declined;
    }
    MemoryBound offer = MemoryBound.blocked(device, inputs, outputs);
    int channels = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Shape x = inputs.get(i).shape();
      int pixels = x.h() * x.w();
      int touched = MemoryBound.blocks(channels % device.channelBlock() + x.c(), device);
      offer.launch(
          name(),
          MemoryBound.block(device),
          NdRange.items(ceilDiv(pixels, MemoryBound.RUN), touched, x.n()),
          new Arguments().input(i).output().ints(x.c(), pixels, channels));
      channels += x.c();
    }
    return offer.accept();
  }
}
