package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;
import java.util.Map;

/**
 * {@code opencl/cpu/conv2d_depthwise.cl}: each channel convolved by itself, whole blocks at a time.
 */
record Conv2dDepthwise(Conv2d op) implements Conv2dKernel {
  /** Twice {@link MemoryBound#ITEMS_PER_CORE}, for no reason that is on record. */
  private static final int ITEMS_PER_CORE = 16;

  /**
   * Operations at the peak in the time of one, as both factors of every product are loaded: 3.5 by
   * the 0.055 ms that {@code performance.md} has for 128 channels at 56×56.
   */
  private static final double LOAD_COST = 4;

  @Override
  public String name() {
    return "conv2d_depthwise";
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    if (shape.groups() != shape.ic() || shape.ic() != shape.oc()) {
      return new Offer.Decline("only for groups of one input and one output channel");
    }
    int block = device.channelBlock();
    int blocks = ceilDiv(shape.oc(), block);
    int runs =
        Math.min(
            shape.oh(),
            ceilDiv(ITEMS_PER_CORE * device.limits().computeUnits(), blocks * shape.n()));
    int rows = ceilDiv(shape.oh(), runs);
    Packing weights = new Conv2dWeights(1, shape.oc(), 1, shape.taps(), 1, block, blocks, 0);
    LayerOffer offer = LayerOffer.of(op, device);
    return offer
        .launch(
            name(),
            Map.of(),
            NdRange.items(ceilDiv(shape.oh(), rows), blocks, shape.n()),
            offer
                .arguments()
                .ints(shape.oc(), shape.ih(), shape.iw(), shape.oh(), shape.ow())
                .window(shape.window())
                .ints(rows))
        .accept(weights, blocks * block, device.seconds(LOAD_COST * shape.flops(), shape.bytes()));
  }
}
