package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Rounding.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import java.util.List;

/**
 * {@code opencl/cpu/conv2d_depthwise.cl}: each channel convolved by itself, whole blocks at a time.
 */
record Conv2dDepthwise(Conv2d op) implements Kernel {
  private static final int ITEMS_PER_CORE = 16;

  /** Operations that could run in the time of one, as it loads both factors of every product. */
  private static final double LOAD_COST = 4;

  @Override
  public String name() {
    return "conv2d_depthwise";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Conv2dOffer.declined(op, inputs);
    if (declined != null) {
      return declined;
    }
    Conv2dShape shape = Conv2dShape.of(op, inputs, outputs);
    if (shape.groups() != shape.ic() || shape.ic() != shape.oc()) {
      return new Offer.Decline("only for groups of one input and one output channel");
    }
    int block = device.channelBlock();
    int blocks = ceilDiv(shape.oc(), block);
    int runs =
        Math.min(
            shape.oh(),
            ceilDiv(
                ITEMS_PER_CORE * device.limits().computeUnits(), blocks * shape.n()));
    int rows = ceilDiv(shape.oh(), runs);
    Packing weights = new Conv2dWeights(1, shape.oc(), 1, shape.taps(), 1, block, blocks, 0);
    return new Conv2dOffer(op, device)
        .integers(shape.oc(), shape.ih(), shape.iw(), shape.oh(), shape.ow())
        .window(shape.window())
        .integers(rows)
        .launch(
            name(),
            NdRange.items(ceilDiv(shape.oh(), rows), blocks, shape.n()),
            weights,
            blocks * block,
            device.seconds(LOAD_COST * shape.flops(), shape.bytes()));
  }
}
