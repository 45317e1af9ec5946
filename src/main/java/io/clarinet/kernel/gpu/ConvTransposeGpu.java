package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;
import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.ChannelVector;
import io.clarinet.kernel.opencl.ConvTransposeWeights;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code opencl/gpu/conv_transpose_gpu.cl}: images in channel blocks, groups of any channels. */
record ConvTransposeGpu(ConvTranspose op, StripForm form) implements Kernel {
  private static final String FILE = "conv_transpose_gpu";

  /** All forms. */
  static List<Kernel> of(ConvTranspose op) {
    return Stream.of(StripForm.values())
        .<Kernel>map(form -> new ConvTransposeGpu(op, form))
        .toList();
  }

  @Override
  public String name() {
    return FILE + "_" + form.label;
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    int inner = x.c() / op.groups();
    int outer = y.c() / op.groups();
    int strideH = op.window().strides().get(0);
    long sharing = (long) form.stripsHigh(y.h(), strideH) * y.w();
    int tiles = ceilDiv(y.c(), form.blocks * device.channelBlock());
    GpuOffer offer = GpuOffer.blocked(device, inputs, outputs).reading(1);
    Packing weights =
        new ConvTransposeWeights(
            tiles,
            form.blocks * device.channelBlock(),
            op.window().taps(),
            inner,
            form.rows(inner),
            outer,
            y.c());
    double taps = op.multiplyAdds(inputs, outputs) / (double) y.size() / inner;
    StripForm.Strips strips =
        form.strips(
            sharing * y.n() * tiles, form.products(inner, taps, sharing), products(inner), device);
    return offer
        .packed(Offer.Packed.of(1, weights))
        .packed(ChannelVector.bias(inputs.size() > 2, roundUp(y.c(), device.channelBlock())))
        .launch(
            FILE,
            strips.defines(),
            strips.range(),
            arguments(x, y),
            strips.work(),
            offer.bytes() + weights.bytes())
        .accept();
  }

  private Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    Offer.Decline declined =
        Declines.first(
            Declines.unlessPackable(inputs.subList(1, inputs.size())),
            Declines.unlessImages(List.of(inputs.get(0), outputs.get(0))));
    if (declined != null) {
      return declined;
    }
    int inner = inputs.get(0).shape().c() / op.groups();
    int outer = outputs.get(0).shape().c() / op.groups();
    return form.declined(op.groups(), inner, outer, products(inner));
  }

  /** Products of an output at most. */
  private double products(int inner) {
    return (double) inner * taps(0) * taps(1);
  }

  /** Taps that fall on elements of the input at most, along an axis. */
  private int taps(int axis) {
    int stride = op.window().strides().get(axis);
    int shared =
        BigInteger.valueOf(stride)
            .gcd(BigInteger.valueOf(op.window().dilations().get(axis)))
            .intValue();
    return ceilDiv(op.window().kernel().get(axis), stride / shared);
  }

  private Arguments arguments(Shape x, Shape y) {
    Arguments arguments =
        new Arguments()
            .input(0)
            .output()
            .packed(0)
            .packed(1)
            .ints(y.c(), x.c() / op.groups(), y.c() / op.groups(), x.h(), x.w(), y.h(), y.w());
    WindowNd window = op.window();
    List.of(window.kernel(), window.strides(), window.dilations())
        .forEach(pair -> arguments.ints(pair.get(0), pair.get(1)));
    return arguments.ints(op.axis(0, x.h()).before(), op.axis(1, x.w()).before()).ints(y.n());
  }
}
