package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;
import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.function.IntFunction;

/** Convolution of any groups, some rows of a block of output channels at a time. */
record GroupedConvolution(Conv2d op, IntFunction<InnerLoops> loops) implements ConvolutionKernel {
  /** Share of the peak that tiles of single elements reach: 0.52 with all else on a Zen 5. */
  private static final double SINGLE_SHARE = 0.65;

  /** The same of tiles of blocks, which load one for each product. */
  private static final double BLOCK_SHARE = 0.45;

  /** Share of that, and speed of filling, where the loops are in plain Java. */
  private static final double PLAIN = 0.45;

  /** What it takes to write a block of the strip, in products of blocks. */
  private static final double FILLING = 12;

  /** Enough for a thread that is held up to cost a share of its own. */
  private static final int TASKS_PER_THREAD = 4;

  @Override
  public String name() {
    return "convolution_of_groups";
  }

  @Override
  public Offer offer(List<Fact> inputs, Fact output, DeviceProfile device) {
    if (op.groups() == 1) {
      return new Offer.Decline("there is one group");
    }
    InnerLoops inner = loops.apply(device.channelBlock());
    Shape x = inputs.get(0).shape();
    Geometry g = Geometry.of(x, output.shape(), op.groups(), op.window(), inner.block());
    GroupStrip strip = new GroupStrip(g);
    int threads = device.limits().computeUnits();
    int channels = g.groups() * g.outChannels();
    int planes = g.batch() * ceilDiv(channels, g.block());
    int runs = Math.min(g.outH(), ceilDiv(TASKS_PER_THREAD * threads, planes));
    GroupedWork work =
        new GroupedWork(op.epilogue(), g, strip, strip.places(), ceilDiv(g.outH(), runs), inner);
    GroupPacking weights = new GroupPacking(channels, g.channels(), g.taps(), g.block());
    return new LayerWork(
            op.epilogue(),
            work,
            weights,
            roundUp(channels, g.block()),
            List.of(4L * threads * work.scratchFloats()))
        .offer(device.blocked(), device.blocked(), seconds(g, work, weights, device));
  }

  private static double seconds(
      Geometry g, GroupedWork work, GroupPacking weights, DeviceProfile device) {
    GroupStrip strip = work.strip();
    double blocks = (double) g.batch() * ceilDiv(g.groups() * g.outChannels(), g.block());
    double products =
        (double) g.outH() * roundUp(g.outW(), GroupTile.PIXELS) * g.taps() * g.channels();
    double share = strip.single() ? SINGLE_SHARE : BLOCK_SHARE;
    double written = FILLING * g.inPixels() * g.channels() * strip.termFloats() / g.block();
    double flops = 2 * blocks * g.block() * (products / share + written);
    double speed = work.loops().arePlain() ? PLAIN : 1;
    double moved = blocks * g.block() * (g.inPixels() + g.pixels());
    return device.seconds(flops / speed, weights.bytes() + 4 * moved);
  }
}
