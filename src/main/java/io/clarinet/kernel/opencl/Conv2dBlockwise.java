package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;
import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Window2d;
import java.util.Map;

/**
 * {@code opencl/cpu/conv2d_blockwise.cl}: groups that lie within a channel block, whole blocks at a
 * time: depthwise convolutions, and groups of 2, 4, 8 or 16 channels.
 */
record Conv2dBlockwise(Conv2d op) implements Conv2dKernel {
  /** Twice {@link MemoryBound#ITEMS_PER_CORE}, for no reason that is on record. */
  private static final int ITEMS_PER_CORE = 16;

  /**
   * Operations at the peak in the time of one, as a value is loaded for a row of products: 2.8 by
   * the 0.08 ms that {@code performance.md} has for 672 channels, 5x5, at 14×14.
   */
  private static final double LOAD_COST = 3;

  /** The same where a value that is loaded is spread over its group, which takes a unit a turn. */
  private static final double SPREAD_COST = 2;

  /** The same for a group as wide as a block, whose values are read one by one. */
  private static final double WHOLE_COST = 1.3;

  /** Columns and stride of windows that are compiled in; others are loops, which are slower. */
  private static final int MOST_TAPS = 7;

  private static final int MOST_STRIDE = 2;

  /** {@code LONGEST_SUM} of the kernel, which sums such windows in one run. */
  private static final int LONGEST_SUM = 256;

  @Override
  public String name() {
    return "conv2d_blockwise";
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    int block = device.channelBlock();
    int width = shape.groupInputs();
    if (width != shape.groupOutputs() || width > block || Integer.bitCount(width) != 1) {
      return new Offer.Decline(
          "only for groups of 1, 2, 4 ... " + block + " channels, as many out as in");
    }
    int blocks = ceilDiv(shape.oc(), block);
    int rows = rows(shape, blocks, device.limits().computeUnits());
    Packing weights =
        new Conv2dWeights(1, shape.oc(), width, shape.taps(), width, block, blocks, block);
    double cost = width == 1 ? LOAD_COST : width < block ? SPREAD_COST : WHOLE_COST;
    LayerOffer offer = LayerOffer.of(op, device);
    return offer
        .launch(
            name(),
            defines(width, shape.window()),
            NdRange.items(blocks, ceilDiv(shape.oh(), rows), shape.n()),
            offer
                .arguments()
                .ints(shape.oc(), shape.ih(), shape.iw(), shape.oh(), shape.ow())
                .window(shape.window())
                .ints(rows))
        .accept(weights, blocks * block, device.seconds(cost * shape.flops(), shape.bytes()));
  }

  /**
   * Rows of a run. An image that {@code conv2d_1x1} would cut has as many runs for each core, so
   * that a core finds in its cache the pixels that it wrote ({@code performance.md}).
   */
  private static int rows(Conv2dShape shape, int blocks, int cores) {
    int wanted = ceilDiv(ITEMS_PER_CORE * cores, blocks * shape.n());
    int strips = shape.n() > 1 ? 1 : Math.max(1, shape.pixels() / Conv2dTiling.SHORT_STRIP);
    int runs = roundUp(wanted, Math.min(cores, strips));
    return ceilDiv(shape.oh(), Math.min(shape.oh(), runs));
  }

  private static Map<String, String> defines(int width, Window2d window) {
    boolean literal =
        window.kernelW() <= MOST_TAPS
            && window.strideW() <= MOST_STRIDE
            && window.dilationW() == 1
            && window.kernelH() * window.kernelW() * width <= LONGEST_SUM;
    return Map.of(
        "WIDTH", Integer.toString(width),
        "TAPS", Integer.toString(literal ? window.kernelW() : 0),
        "STRIDE", Integer.toString(literal ? window.strideW() : 0));
  }
}
