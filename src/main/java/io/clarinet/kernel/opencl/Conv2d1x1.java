package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Window2d;

/**
 * {@code opencl/cpu/conv2d_1x1.cl}: pointwise convolution as a matrix product, in register tiles.
 */
record Conv2d1x1(Conv2d op) implements Conv2dKernel {

  @Override
  public String name() {
    return "conv2d_1x1";
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    if (!shape.isPointwise() || shape.groups() > 1) {
      return new Offer.Decline("only for one group, kernel 1x1, no padding");
    }
    Conv2dTiling tiling = Conv2dTiling.of(shape, device);
    Window2d window = shape.window();
    int block = device.channelBlock();
    Packing weights =
        new Conv2dWeights(1, shape.oc(), shape.ic(), 1, block, block, tiling.tiles(), 0);
    LayerOffer offer = LayerOffer.of(op, device);
    return offer
        .launch(
            name(),
            tiling.defines(shape),
            NdRange.items(tiling.tiles(), tiling.strips()),
            offer
                .arguments()
                .ints(shape.n(), shape.ic(), shape.oc())
                .ints(shape.ih(), shape.iw(), shape.oh(), shape.ow())
                .ints(window.strideH(), window.strideW(), tiling.strip(), tiling.pass()))
        .accept(
            weights,
            roundUp(shape.oc(), block),
            device.seconds(tiling.flopsSpent(shape, device.limits()), shape.bytes()));
  }
}
