package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Rounding.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import java.util.List;

/**
 * {@code opencl/cpu/conv2d_1x1.cl}: pointwise convolution as a matrix product, in register tiles.
 */
record Conv2d1x1(Conv2d op) implements Kernel {

  @Override
  public String name() {
    return "conv2d_1x1";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Conv2dOffer.declined(op, inputs);
    if (declined != null) {
      return declined;
    }
    Conv2dShape shape = Conv2dShape.of(op, inputs, outputs);
    if (!shape.isPointwise() || shape.groups() > 1) {
      return new Offer.Decline("only for one group, kernel 1x1, no padding");
    }
    Conv2dTiling tiling = Conv2dTiling.of(shape, device);
    Window2d window = shape.window();
    int block = device.channelBlock();
    Packing weights =
        new Conv2dWeights(1, shape.oc(), shape.ic(), 1, block, block, tiling.tiles(), 0);
    return new Conv2dOffer(op, device)
        .defines(tiling.defines(shape))
        .integers(shape.n(), shape.ic(), shape.oc(), shape.ih(), shape.iw(), shape.oh(), shape.ow())
        .integers(window.strideH(), window.strideW(), tiling.strip(), tiling.pass())
        .launch(
            name(),
            NdRange.items(tiling.tiles(), tiling.strips()),
            weights,
            ceilDiv(shape.oc(), block) * block,
            device.seconds(
                tiling.flopsSpent(shape, device.limits().computeUnits()), shape.bytes()));
  }
}
