package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;
import java.util.Map;

/**
 * {@code opencl/cpu/conv2d_blockwise.cl}: groups that lie within a channel block, whole blocks at a
 * time: depthwise convolutions, and groups of 2, 4 or 8 channels.
 */
record Conv2dBlockwise(Conv2d op) implements Conv2dKernel {
  /** Twice {@link MemoryBound#ITEMS_PER_CORE}, for no reason that is on record. */
  private static final int ITEMS_PER_CORE = 16;

  /**
   * Operations at the peak in the time of one, as both factors of every product are loaded: 3.5 by
   * the 0.055 ms that {@code performance.md} has for 128 channels at 56×56.
   */
  private static final double LOAD_COST = 4;

  /** The same where a value that is loaded is spread over its group, which takes a unit a turn. */
  private static final double SPREAD_COST = 2;

  @Override
  public String name() {
    return "conv2d_blockwise";
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    int block = device.channelBlock();
    int width = shape.groupInputs();
    if (width != shape.groupOutputs() || width >= block || Integer.bitCount(width) != 1) {
      return new Offer.Decline(
          "only for groups of 1, 2, 4 ... channels, fewer than " + block + ", on both sides");
    }
    int blocks = ceilDiv(shape.oc(), block);
    int runs =
        Math.min(
            shape.oh(),
            ceilDiv(ITEMS_PER_CORE * device.limits().computeUnits(), blocks * shape.n()));
    int rows = ceilDiv(shape.oh(), runs);
    Packing weights =
        new Conv2dWeights(1, shape.oc(), width, shape.taps(), width, block, blocks, 0);
    double cost = width == 1 ? LOAD_COST : SPREAD_COST;
    LayerOffer offer = LayerOffer.of(op, device);
    return offer
        .launch(
            name(),
            Map.of("WIDTH", Integer.toString(width)),
            NdRange.items(ceilDiv(shape.oh(), rows), blocks, shape.n()),
            offer
                .arguments()
                .ints(shape.oc(), shape.ih(), shape.iw(), shape.oh(), shape.ow())
                .window(shape.window())
                .ints(rows))
        .accept(weights, blocks * block, device.seconds(cost * shape.flops(), shape.bytes()));
  }
}
