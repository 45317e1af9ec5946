package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.kernel.Work;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the offer of one launch of a convolution kernel; the first arguments are common to
 * all.
 */
final class Conv2dOffer {
  private final Conv2d op;
  private final DeviceProfile device;
  private final Map<String, String> defines;
  private final List<Arg> arguments = new ArrayList<>();
  private Layout input;

  Conv2dOffer(Conv2d op, DeviceProfile device) {
    this.op = op;
    this.device = device;
    this.defines = EpilogueDefines.of(op, device.channelBlock());
    this.input = device.blocked();
    boolean residual = op.epilogue().residual();
    arguments.add(new Arg.Input(0));
    arguments.add(new Arg.Output(0));
    arguments.add(new Arg.Packed(0));
    arguments.add(new Arg.Packed(1));
    arguments.add(new Arg.Input(residual ? op.epilogue().residualIndex() : 0));
    arguments.add(new Arg.Int(residual ? 1 : 0));
    arguments.add(new Arg.Float(op.lo()));
    arguments.add(new Arg.Float(op.hi()));
  }

  /** Declines facts that no convolution kernel can run on. */
  static Offer.@Nullable Decline declined(Conv2d op, List<Fact> inputs) {
    return Declines.first(
        Declines.unlessFloats(inputs),
        Declines.unlessPackable(inputs.subList(1, op.epilogue().residualIndex())));
  }

  Conv2dOffer define(String name, int value) {
    return defines(Map.of(name, Integer.toString(value)));
  }

  Conv2dOffer defines(Map<String, String> more) {
    defines.putAll(more);
    return this;
  }

  Conv2dOffer integers(int... values) {
    for (int value : values) {
      arguments.add(new Arg.Int(value));
    }
    return this;
  }

  /** Kernel, stride, padding and dilation, as most kernels take them. */
  Conv2dOffer window(Window2d w) {
    return integers(
        w.kernelH(),
        w.kernelW(),
        w.strideH(),
        w.strideW(),
        w.padding().top(),
        w.padding().left(),
        w.dilationH(),
        w.dilationW());
  }

  Conv2dOffer local(long bytes) {
    arguments.add(new Arg.Local(bytes));
    return this;
  }

  Conv2dOffer readsPlain() {
    input = Layout.PLAIN;
    return this;
  }

  Offer launch(String kernel, NdRange range, Packing weights, int biasFloats, double seconds) {
    int bias = op.epilogue().bias() ? 1 : 0;
    List<Integer> biasInputs = bias == 1 ? List.of(2) : List.of();
    int count = 2 + bias + (op.epilogue().residual() ? 1 : 0);
    List<Layout> inputs = new ArrayList<>(Collections.nCopies(count, device.blocked()));
    inputs.set(0, input);
    return new Offer.Accept(
        new Work.Launches(List.of(new Launch(kernel, defines, range, arguments))),
        inputs,
        List.of(device.blocked()),
        List.of(
            Offer.Packed.of(1, weights),
            new Offer.Packed(biasInputs, new ChannelVector(biasFloats))),
        List.of(),
        seconds);
  }
}
