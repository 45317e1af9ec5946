package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/conv_transpose.cl}: images in channel blocks, groups of whole blocks. */
record ConvTransposeKernel(ConvTranspose op) implements Kernel {

  @Override
  public String name() {
    return "conv_transpose";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = declined(inputs, outputs, device);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    int blocks = MemoryBound.blocks(y.c(), device);
    int inner = x.c() / op.groups();
    int outer = y.c() / op.groups();
    ConvTransposeWeights weights =
        new ConvTransposeWeights(
            blocks, device.channelBlock(), op.window().taps(), inner, inner, outer, y.c());
    WindowNd window = op.window();
    Arguments arguments =
        new Arguments()
            .input(0)
            .output()
            .packed(0)
            .packed(1)
            .ints(y.c(), inner, outer, x.h(), x.w(), y.h(), y.w());
    List.of(window.kernel(), window.strides(), window.dilations())
        .forEach(pair -> arguments.ints(pair.get(0), pair.get(1)));
    arguments.ints(op.axis(0, x.h()).before(), op.axis(1, x.w()).before());
    return MemoryBound.blocked(device, inputs, outputs)
        .flops(2.0 * op.multiplyAdds(inputs, outputs))
        .packed(Offer.Packed.of(1, weights))
        .packed(ChannelVector.bias(inputs.size() > 2, blocks * device.channelBlock()))
        .launch(name(), MemoryBound.block(device), NdRange.items(y.h(), blocks, y.n()), arguments)
        .accept(1);
  }

  private Offer.@Nullable Decline declined(
      List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    if (op.groups() > 1
        && outputs.get(0).shape().dim(1) / op.groups() % device.channelBlock() != 0) {
      return new Offer.Decline(
          "groups are not whole blocks of " + device.channelBlock() + " channels");
    }
    return Declines.first(
        Declines.unlessPackable(inputs.subList(1, inputs.size())),
        Declines.unlessImages(List.of(inputs.get(0), outputs.get(0))));
  }
}
