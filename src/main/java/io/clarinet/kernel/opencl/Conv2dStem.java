package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;

/**
 * {@code opencl/cpu/conv2d_stem.cl}: a network's first convolution, from a plain image of few
 * channels.
 */
record Conv2dStem(Conv2d op) implements Conv2dKernel {

  @Override
  public String name() {
    return "conv2d_stem";
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    int block = device.channelBlock();
    if (shape.groups() > 1 || shape.ic() >= block) {
      return new Offer.Decline("only for one group, fewer than " + block + " input channels");
    }
    StemPatch patch = StemPatch.of(shape, device);
    if (patch == null) {
      return new Offer.Decline("one pixel's input exceeds local memory");
    }
    int blocks = ceilDiv(shape.oc(), block);
    int tileBlocks = Conv2dTiling.tileBlocks(block, blocks);
    int tiles = ceilDiv(blocks, tileBlocks);
    Packing weights =
        new Conv2dWeights(1, shape.oc(), shape.ic(), shape.taps(), 1, block, tiles, 0);
    LayerOffer offer = LayerOffer.of(op, device).readsPlain();
    return offer
        .launch(
            name(),
            Conv2dTiling.defines(tileBlocks, tiles, blocks),
            NdRange.items(patch.across(shape), patch.down(shape), shape.n()),
            offer
                .arguments()
                .ints(shape.ic(), shape.oc(), shape.ih(), shape.iw(), shape.oh(), shape.ow())
                .window(shape.window())
                .ints(patch.rows(), patch.columns(), tiles)
                .local(patch.bytes(shape)))
        .accept(
            weights,
            blocks * block,
            device.seconds(patch.flopsSpent(shape, block, tiles), shape.bytes()));
  }
}
