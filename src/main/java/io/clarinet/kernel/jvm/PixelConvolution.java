package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Convolution in plain Java along pixels, of which layers of few channels have many: {@link
 * PlainTile}'s loops run along output channels.
 *
 * @param image whether it reads plain images
 */
record PixelConvolution(Conv2d op, boolean image, IntFunction<InnerLoops> loops)
    implements ConvolutionKernel {
  /** Pixels in whose time a loop over them begins and ends, by measurement. */
  private static final int LOST = 60;

  /** Products in the time of gathering an element. */
  private static final int GATHERING = 25;

  /** Rate of the longest loops as a multiple of the widest tile's, by measurement. */
  private static final double GAIN = 1.5;

  @Override
  public String name() {
    return image ? "convolution_of_image_pixels" : "convolution_of_pixels";
  }

  @Override
  public Offer offer(List<Fact> inputs, Fact output, DeviceProfile device) {
    InnerLoops inner = loops.apply(device.channelBlock());
    if (!inner.arePlain()) {
      return new Offer.Decline("only where there are no vectors, whose tiles are faster");
    }
    Geometry g =
        Geometry.of(inputs.get(0).shape(), output.shape(), op.groups(), op.window(), inner.block());
    return g.groups() == 1 || g.outChannels() % g.block() == 0
        ? accept(g, inner, device)
        : new Offer.Decline("outputs of groups are not whole blocks of " + g.block());
  }

  private Offer accept(Geometry g, InnerLoops inner, DeviceProfile device) {
    PixelRows rows = new PixelRows(g, image ? 1 : g.block());
    RowPacking weights = new RowPacking(g.groups() * g.outChannels(), rows.terms());
    int fewestRuns = ceilDiv(g.pixels(), PixelProduct.MOST_PIXELS);
    int fewestRanges = ceilDiv(g.outBlocks() * g.block(), PixelProduct.MOST_CHANNELS);
    int threads = device.limits().computeUnits();
    PixelProduct product =
        IntStream.rangeClosed(fewestRuns, fewestRuns + threads)
            .boxed()
            .flatMap(
                runs ->
                    IntStream.rangeClosed(fewestRanges, fewestRanges + threads)
                        .mapToObj(ranges -> new int[] {runs, ranges}))
            .map(n -> new PixelProduct(op.epilogue(), g, rows, weights, inner, n[0], n[1]))
            .min(Comparator.comparingDouble(p -> flops(p, device)))
            .orElseThrow();
    int bias = g.groups() * ceilDiv(g.outChannels(), g.block()) * g.block();
    double bytes = weights.bytes() + 8.0 * g.batch() * g.pixels() * bias;
    return new LayerWork(op.epilogue(), product, weights, bias, List.of())
        .offer(
            image ? Layout.PLAIN : device.blocked(),
            device.blocked(),
            device.seconds(flops(product, device) / GAIN, bytes));
  }

  /** Operations in the time that all tasks take. */
  private static double flops(PixelProduct product, DeviceProfile device) {
    Geometry g = product.geometry();
    double pixels = (double) g.pixels() / product.runs();
    double channels = (double) g.outBlocks() * g.block() / product.ranges();
    double task = product.rows().terms() * (channels * (pixels + LOST) + GATHERING * pixels);
    return 2 * task * product.tasks() * device.limits().imbalance(product.tasks());
  }
}
