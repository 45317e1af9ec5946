package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;
import java.util.Map;

/** {@code opencl/cpu/conv2d_grouped.cl}: any convolution, input channels gathered one by one. */
record Conv2dGrouped(Conv2d op) implements Conv2dKernel {
  /**
   * Operations at the peak in the time of one, for each lane that is gathered, and for the rest: 28
   * for 16 lanes, of the thirtieth of the peak that {@code performance.md} found.
   */
  private static final double LANE_COST = 1.5;

  private static final double VECTOR_COST = 4;

  @Override
  public String name() {
    return "conv2d_grouped";
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    int block = device.channelBlock();
    int blocks = ceilDiv(shape.oc(), block);
    int ic = shape.groupInputs();
    Packing weights = new Conv2dWeights(1, shape.oc(), ic, shape.taps(), ic, block, blocks, 0);
    double gathering = LANE_COST * block + VECTOR_COST;
    LayerOffer offer = LayerOffer.of(op, device);
    return offer
        .launch(
            name(),
            Map.of(),
            NdRange.items(blocks, shape.oh(), shape.n()),
            offer
                .arguments()
                .ints(ic, shape.groupOutputs(), shape.oc())
                .ints(shape.ih(), shape.iw(), shape.oh(), shape.ow())
                .window(shape.window()))
        .accept(weights, blocks * block, device.seconds(gathering * shape.flops(), shape.bytes()));
  }
}
