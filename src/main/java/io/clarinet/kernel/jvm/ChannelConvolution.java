package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Convolution in plain Java along output channels, of which layers of few pixels have many: unlike
 * {@link PlainTile}'s six, all pixels of a task share the weights that were copied.
 */
record ChannelConvolution(Conv2d op, IntFunction<InnerLoops> loops) implements ConvolutionKernel {
  /** Products in the time of copying a weight, by measurement. */
  private static final int COPYING = 8;

  @Override
  public String name() {
    return "convolution_of_channels";
  }

  @Override
  public Offer offer(List<Fact> inputs, Fact output, DeviceProfile device) {
    InnerLoops inner = loops.apply(device.channelBlock());
    if (!inner.arePlain()) {
      return new Offer.Decline("only where there are no vectors, whose tiles are faster");
    }
    Geometry g =
        Geometry.of(inputs.get(0).shape(), output.shape(), op.groups(), op.window(), inner.block());
    boolean wholeBlocks = g.channels() % g.block() == 0 && g.outChannels() % g.block() == 0;
    return g.groups() == 1 || wholeBlocks
        ? accept(g, inner, device)
        : new Offer.Decline("groups are not whole blocks of " + g.block());
  }

  private Offer accept(Geometry g, InnerLoops inner, DeviceProfile device) {
    TermPacking weights = new TermPacking(g);
    RowEpilogue epilogue = new RowEpilogue(op.epilogue());
    ChannelProduct product =
        PartSplit.of(g, NearRows.SUMS, NearRows.LENGTH, device.limits().computeUnits())
            .map(split -> new ChannelProduct(epilogue, g, weights, inner, split))
            .min(Comparator.comparingDouble(p -> flops(p, device)))
            .orElseThrow();
    int bias = g.groups() * g.outBlocks() * g.block();
    double bytes = weights.bytes() + 8.0 * g.batch() * g.pixels() * bias;
    return new LayerWork(op.epilogue(), product, weights, bias, List.of())
        .offer(
            device.blocked(),
            device.blocked(),
            device.seconds(flops(product, device) / FourTerms.GAIN, bytes));
  }

  /** Operations in the time that all tasks take. */
  private static double flops(ChannelProduct product, DeviceProfile device) {
    Geometry g = product.geometry();
    double pixels = product.split().pixels(g);
    double channels = product.split().channels(g);
    double terms = (double) product.weights().steps() * g.block();
    double task = terms * (pixels * (channels + FourTerms.LOST) + COPYING * channels);
    return product.split().operations(g, task, device.limits());
  }
}
