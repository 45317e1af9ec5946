package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Gather;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * {@code opencl/cpu/gather_channels.cl}: channels of images in channel blocks, by known indices.
 */
record GatherChannels(Gather op) implements Kernel {

  @Override
  public String name() {
    return "gather_channels";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    Constant indices = inputs.get(1).constant();
    if (x.axis(op.axis()) != 1 || indices == null || indices.shape().rank() != 1) {
      return new Offer.Decline("only for a constant vector of channels");
    }
    long[] channels = indices.tensor().toLongArray();
    if (Arrays.stream(channels).anyMatch(c -> c < -x.c() || c >= x.c())) {
      return new Offer.Decline("a channel is outside of " + x.c());
    }
    Arguments arguments = new Arguments().input(0).packed(0).output().ints(y.c(), y.h() * y.w());
    return MemoryBound.blocked(device, inputs, outputs)
        .packed(new Offer.Packed(List.of(1), new Table(x.c(), y.c())))
        .launch(name(), MemoryBound.block(device), MemoryBound.runs(y, device), arguments)
        .accept(1);
  }

  /** The channel of x for each of y, counted from the first. */
  private record Table(int ic, int oc) implements Packing {
    @Override
    public long bytes() {
      return (long) Integer.BYTES * oc;
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer packed) {
      for (long index : sources.get(0).toLongArray()) {
        packed.putInt(Math.floorMod(index, ic));
      }
    }
  }
}
