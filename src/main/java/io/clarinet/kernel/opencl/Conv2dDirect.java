package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;

/**
 * {@code opencl/cpu/conv2d_direct.cl}: convolution of any geometry in register tiles; groups of
 * whole channel blocks.
 */
record Conv2dDirect(Conv2d op) implements Conv2dKernel {

  /**
   * Time including the finding of each tap's pixels, in that of the products: see {@code
   * performance.md}.
   */
  private static final double TAP_COST = 1.04;

  @Override
  public String name() {
    return "conv2d_direct";
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
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
    double flops = TAP_COST * tiling.flopsSpent(shape, device.limits());
    LayerOffer offer = LayerOffer.of(op, device);
    return offer
        .launch(
            name(),
            tiling.defines(shape),
            NdRange.items(tiling.tiles(), tiling.strips(), shape.groups()),
            offer
                .arguments()
                .ints(shape.n(), ic, oc, shape.ih(), shape.iw(), shape.oh(), shape.ow())
                .window(shape.window())
                .ints(tiling.strip(), tiling.pass()))
        .accept(weights, shape.groups() * roundUp(oc, block), device.seconds(flops, shape.bytes()));
  }
}
