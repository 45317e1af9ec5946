package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Dense;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import java.util.List;

/**
 * {@code opencl/cpu/conv2d_1x1.cl} for a dense layer of many rows: a row is an image of one pixel,
 * whose channel blocks follow each other as a plain row's elements do.
 */
record DenseTile(Dense op) implements Kernel {
  /** Fewer rows use the weights that a tile has loaded too little. */
  private static final int FEWEST_ROWS = 32;

  @Override
  public String name() {
    return "dense_tile";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessLayer(inputs, op.epilogue().residualIndex());
    if (declined != null) {
      return declined;
    }
    int count = outputs.get(0).shape().dim(1);
    if (count % device.channelBlock() != 0) {
      return new Offer.Decline("only for whole blocks of outputs");
    }
    int rows = outputs.get(0).shape().dim(0);
    if (rows < FEWEST_ROWS) {
      return new Offer.Decline("only for " + FEWEST_ROWS + " rows or more");
    }
    int k = inputs.get(0).shape().dim(1);
    return accept(new Conv2dShape(rows, k, count, 1, 1, 1, 1, 1, Window2d.square(1, 1, 0)), device);
  }

  private Offer accept(Conv2dShape shape, DeviceProfile device) {
    Conv2dTiling tiling = Conv2dTiling.of(shape, device);
    int block = device.channelBlock();
    DenseTileWeights weights =
        new DenseTileWeights(op.transposed(), shape.ic(), shape.oc(), block, tiling.tiles());
    LayerOffer offer = LayerOffer.of(op, device);
    return offer
        .launch(
            "conv2d_1x1",
            tiling.defines(shape),
            NdRange.items(tiling.tiles(), tiling.strips()),
            offer
                .arguments()
                .ints(shape.n(), shape.ic(), shape.oc(), 1, 1, 1, 1, 1, 1)
                .ints(tiling.strip(), tiling.pass()))
        .accept(
            weights,
            roundUp(shape.oc(), block),
            device.seconds(tiling.flopsSpent(shape, device.limits()), shape.bytes(op.epilogue())));
  }
}
