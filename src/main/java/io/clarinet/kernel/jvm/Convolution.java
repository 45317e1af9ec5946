package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Convolution of any geometry as products of gathered input panels and packed weights. */
record Convolution(Conv2d op, IntFunction<InnerLoops> loops) implements ConvolutionKernel {
  /** Share of the peak that the tiles reach; no measurement of it is on record. */
  private static final double SHARE = 0.85;

  /** What it takes to gather a pixel of a tap, in products of blocks, and each block of it. */
  private static final double GATHERING_PIXEL = 8;

  private static final double GATHERING_BLOCK = 14;

  @Override
  public String name() {
    return "convolution";
  }

  @Override
  public Offer offer(List<Fact> inputs, Fact output, DeviceProfile device) {
    Offer.Decline declined = declined(inputs.get(1).shape(), device.channelBlock());
    return declined == null ? accept(inputs.get(0), output, device) : declined;
  }

  private Offer.@Nullable Decline declined(Shape w, int block) {
    boolean wholeBlocks = w.dim(1) % block == 0 && w.dim(0) / op.groups() % block == 0;
    return op.groups() == 1 || wholeBlocks
        ? null
        : new Offer.Decline("groups are not whole blocks of " + block);
  }

  private Offer accept(Fact input, Fact output, DeviceProfile device) {
    InnerLoops inner = loops.apply(device.channelBlock());
    Geometry g =
        Geometry.of(input.shape(), output.shape(), op.groups(), op.window(), inner.block());
    Panels panels = new BlockedPanels(g, inner.lanes());
    int threads = device.limits().computeUnits();
    TiledProduct product =
        TiledProduct.of(inner, panels, g.batch(), g.groups(), g.pixels(), g.outBlocks(), device);
    LayerWork work =
        new LayerWork(
            op.epilogue(),
            new ConvolutionWork(op.epilogue(), g, product),
            weights(g, inner.widest()),
            g.groups() * g.outBlocks() * g.block(),
            List.of(4L * threads * product.scratchFloats()));
    return work.offer(device.blocked(), device.blocked(), seconds(g, panels, inner, device));
  }

  private TilePacking weights(Geometry g, int widest) {
    return new TilePacking(
        g.groups(),
        g.outChannels(),
        g.channels() * g.taps(),
        1,
        g.channels(),
        g.taps(),
        g.block(),
        widest);
  }

  private static double seconds(Geometry g, Panels panels, InnerLoops inner, DeviceProfile device) {
    double terms = (double) panels.units() * panels.stepsPerUnit() * g.block();
    double sums = (double) g.batch() * g.groups() * g.pixels() * g.outBlocks() * g.block();
    double weights = 4.0 * g.groups() * g.outBlocks() * g.block() * terms;
    double slowness = inner.slowness(g.outBlocks());
    double gathered =
        panels.place(0) >= 0
            ? 0
            : sums / g.outBlocks() * g.taps() * (GATHERING_PIXEL + GATHERING_BLOCK * g.inBlocks());
    return device.seconds(2 * (sums * terms * slowness / SHARE + gathered), weights + 8 * sums);
  }
}
