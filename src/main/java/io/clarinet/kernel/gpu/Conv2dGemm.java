package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.Conv2dKernel;
import io.clarinet.kernel.opencl.Conv2dShape;
import io.clarinet.kernel.opencl.LayerOffer;
import io.clarinet.op.Conv2d;
import java.util.List;
import java.util.Map;

/**
 * {@code opencl/gpu/conv2d_gemm.cl}: convolution of any geometry as a matrix product, pixels by
 * output channels. Where its tiles are too few for the device their sums are cut into slices, which
 * {@code conv2d_gemm_reduce.cl} adds up.
 */
record Conv2dGemm(Conv2d op, GemmTile tile) implements Conv2dKernel {

  /** The kernel in each of its tiles. */
  static List<Kernel> of(Conv2d op) {
    return GemmTiles.all().stream().<Kernel>map(tile -> new Conv2dGemm(op, tile)).toList();
  }

  @Override
  public String name() {
    return tile.of("conv2d_gemm");
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    if (!shape.isWholeBlocks(DeviceProfile.GPU_BLOCK)) {
      return new Offer.Decline("groups are not whole blocks of 4 channels");
    }
    Offer.Decline declined = tile.declined(device);
    return declined == null ? new Plan(shape, device).offer() : declined;
  }

  /** The convolution on one device. */
  private final class Plan {
    private final Conv2dShape shape;
    private final DeviceProfile device;
    private final GemmWeights weights;
    private final int blocks;
    private final GemmSlices slices;

    Plan(Conv2dShape shape, DeviceProfile device) {
      this.shape = shape;
      this.device = device;
      weights =
          new GemmWeights(
              shape.groups(),
              shape.groupOutputs(),
              shape.groupInputs(),
              shape.taps(),
              tile.columns(),
              tile.terms());
      blocks = shape.groups() * ceilDiv(shape.groupOutputs(), DeviceProfile.GPU_BLOCK);
      double residual = op.epilogue().residual() ? 4.0 * shape.pixels() * shape.oc() : 0;
      slices =
          GemmSlices.best(
              tile,
              device,
              new GemmSlices.Product(
                  tiles() * shape.groups(),
                  weights.slabs(),
                  16L * blocks * shape.pixels(),
                  shape.bytes() + residual));
    }

    private long tiles() {
      return (long) ceilDiv(shape.pixels(), tile.rows()) * weights.tiles();
    }

    Offer offer() {
      Offer.Decline declined = GpuRange.declined(range(), tile.work(1), device);
      return declined == null ? accept() : declined;
    }

    private NdRange range() {
      return NdRange.groups(tile.lanes(), tiles(), slices.count(), shape.groups());
    }

    private Offer accept() {
      LayerOffer offer = LayerOffer.of(op, device);
      if (slices.count() == 1) {
        offer
            .launch("conv2d_gemm", defines(), range(), offer.arguments().addAll(geometry()))
            .resident(resident());
      } else {
        Arguments sums = new Arguments().input(0).scratch(0).packed(0);
        offer
            .scratch(slices.bytes())
            .unfinished(
                "conv2d_gemm", defines(), range(), sums.addAll(offer.epilogue()).addAll(geometry()))
            .resident(resident());
        reduce(offer);
      }
      return offer.accept(weights, 4 * blocks, slices.seconds());
    }

    private long resident() {
      GroupWork work = tile.work(ceilDiv(weights.slabs(), slices.count()));
      return new GpuCost(device).resident(range(), work);
    }

    private void reduce(LayerOffer offer) {
      int pixels = shape.oh() * shape.ow();
      long vectors = (long) blocks * pixels;
      int lanes = GpuRange.lanes(vectors * shape.n(), device);
      offer.launch(
          "conv2d_gemm_reduce",
          GpuRange.defines(Map.of(), lanes),
          GpuRange.range(vectors, shape.n(), lanes),
          new Arguments()
              .scratch(0)
              .output()
              .addAll(offer.epilogue())
              .ints(slices.count(), shape.n(), shape.oc(), pixels));
    }

    private Map<String, String> defines() {
      Map<String, String> defines = tile.defines(ceilDiv(weights.slabs(), slices.count()));
      defines.put("MASK_BITS", Integer.toString(maskBits()));
      defines.put("SPLIT", slices.count() > 1 ? "1" : "0");
      return defines;
    }

    private int maskBits() {
      if (shape.isPointwise()) {
        return 1;
      }
      return shape.taps() <= Integer.SIZE
          ? Integer.SIZE
          : shape.taps() <= Long.SIZE ? Long.SIZE : 0;
    }

    private Arguments geometry() {
      return new Arguments()
          .ints(shape.n(), shape.groupInputs(), shape.groupOutputs())
          .ints(shape.ih(), shape.iw(), shape.oh(), shape.ow())
          .window(shape.window());
    }
  }
}
