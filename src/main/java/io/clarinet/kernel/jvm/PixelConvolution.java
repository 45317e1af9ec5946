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

/**
 * Convolution in plain Java along pixels, of which layers of few channels have many: {@link
 * PlainTile}'s loops run along output channels.
 *
 * @param image whether it reads plain images
 */
record PixelConvolution(Conv2d op, boolean image, IntFunction<InnerLoops> loops)
    implements ConvolutionKernel {
  /** Products in the time of gathering an element, by measurement. */
  private static final int GATHERING = 20;

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
    RowEpilogue epilogue = new RowEpilogue(op.epilogue());
    RowPacking weights = new RowPacking(g.groups() * g.outChannels(), rows.terms());
    PixelProduct product =
        PartSplit.of(g, NearRows.LENGTH, NearRows.SUMS, device.limits().computeUnits())
            .map(split -> new PixelProduct(epilogue, g, rows, weights, inner, split))
            .min(Comparator.comparingDouble(p -> flops(p, device)))
            .orElseThrow();
    int bias = g.groups() * ceilDiv(g.outChannels(), g.block()) * g.block();
    double bytes = weights.bytes() + 8.0 * g.batch() * g.pixels() * bias;
    return new LayerWork(op.epilogue(), product, weights, bias, List.of())
        .offer(
            image ? Layout.PLAIN : device.blocked(),
            device.blocked(),
            device.seconds(flops(product, device) / FourTerms.GAIN, bytes));
  }

  /** Operations in the time that all tasks take. */
  private static double flops(PixelProduct product, DeviceProfile device) {
    Geometry g = product.geometry();
    double pixels = product.split().pixels(g);
    double channels = product.split().channels(g);
    double task =
        product.rows().terms() * (channels * (pixels + FourTerms.LOST) + GATHERING * pixels);
    return product.split().operations(g, task, device.limits());
  }
}
