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
 * {@code opencl/cpu/conv2d_direct.cl}: convolution of any geometry in register tiles; groups of
 * whole channel blocks.
 */
record Conv2dDirect(Conv2d op) implements Kernel {

  /** What finding each tap's pixels costs beside the products. */
  private static final double TAP_COST = 1.04;

  @Override
  public String name() {
    return "conv2d_direct";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Conv2dOffer.declined(op, inputs);
    if (declined != null) {
      return declined;
    }
    Conv2dShape shape = Conv2dShape.of(op, inputs, outputs);
    int block = device.channelBlock();
    if (!shape.isWholeBlocks(block)) {
      return new Offer.Decline("groups are not whole blocks of " + block + " channels");
    }
    Conv2dTiling tiling = Conv2dTiling.of(shape, device);
    int ic = shape.groupInputs();
    int oc = shape.groupOutputs();
    Packing weights =
        new Conv2dWeights(
            shape.groups(), oc, ic, shape.taps(), block, block, tiling.tiles(), block);
    double flops = TAP_COST * tiling.flopsSpent(shape, device.limits().computeUnits());
    return new Conv2dOffer(op, device)
        .defines(tiling.defines(shape))
        .integers(shape.n(), ic, oc, shape.ih(), shape.iw(), shape.oh(), shape.ow())
        .window(shape.window())
        .integers(tiling.strip(), tiling.pass())
        .launch(
            name(),
            NdRange.items(tiling.tiles(), tiling.strips(), shape.groups()),
            weights,
            shape.groups() * ceilDiv(oc, block) * block,
            device.seconds(flops, shape.bytes()));
  }
}
