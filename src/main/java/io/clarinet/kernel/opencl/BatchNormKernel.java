package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.BatchNorm;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** {@code opencl/cpu/batch_norm.cl}: a factor and an addend a channel, then the activation. */
record BatchNormKernel(BatchNorm op) implements Kernel {
  @Override
  public String name() {
    return "batch_norm";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(outputs);
    if (declined != null) {
      return declined;
    }
    if (!inputs.subList(1, 5).stream().allMatch(Fact::isConstant)) {
      return new Offer.Decline("the statistics must be constants to be packed");
    }
    Shape x = inputs.get(0).shape();
    int floats = MemoryBound.blocks(x.c(), device) * device.channelBlock();
    return MemoryBound.blocked(device, inputs, outputs)
        .packed(new Offer.Packed(List.of(1, 2, 3, 4), new Factors(op, x.c(), floats)))
        .packed(new Offer.Packed(List.of(1, 2, 3, 4), new Addends(op, x.c(), floats)))
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

  /** The factor of each channel, zeros up to {@code floats}. */
  private record Factors(BatchNorm op, int channels, int floats) implements Packing {
    @Override
    public long bytes() {
      return 4L * floats;
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer packed) {
      for (int c = 0; c < channels; c++) {
        packed.putFloat(4 * c, (float) op.factor(sources, c));
      }
    }
  }

  /** The addend of each channel, zeros up to {@code floats}. */
  private record Addends(BatchNorm op, int channels, int floats) implements Packing {
    @Override
    public long bytes() {
      return 4L * floats;
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer packed) {
      for (int c = 0; c < channels; c++) {
        packed.putFloat(4 * c, (float) op.offset(sources, c));
      }
    }
  }
}
