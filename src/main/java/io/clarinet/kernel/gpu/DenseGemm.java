package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;
import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.DenseWeights;
import io.clarinet.kernel.opencl.LayerOffer;
import io.clarinet.op.Dense;
import io.clarinet.tensor.Fact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code opencl/gpu/dense_gemm.cl}: a dense layer of many rows in tiles. Where these are too few
 * for the device the sums are cut into slices, which {@code dense_gemm_reduce.cl} adds up.
 */
record DenseGemm(Dense op, GemmTile tile) implements Kernel {

  /** The kernel in each of its tiles. */
  static List<Kernel> of(Dense op) {
    return GemmTiles.ofPlain().stream().<Kernel>map(tile -> new DenseGemm(op, tile)).toList();
  }

  @Override
  public String name() {
    return tile.of("dense_gemm");
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined =
        Declines.first(
            Declines.unlessLayerOfHalves(inputs, op.epilogue().residualIndex()),
            tile.unfit(device));
    return declined == null ? new Plan(inputs, device).offer() : declined;
  }

  /** The layer on one device. */
  private final class Plan {
    private final DeviceProfile device;
    private final int rows;
    private final DenseWeights weights;
    private final int slabs;
    private final int columnTiles;
    private final GemmSlices slices;

    Plan(List<Fact> inputs, DeviceProfile device) {
      this.device = device;
      rows = inputs.get(0).shape().dim(0);
      weights = DenseWeights.of(op, inputs.get(1), tile.columns()).inSlabs(tile.terms());
      slabs = ceilDiv(weights.k(), tile.terms());
      columnTiles = ceilDiv(weights.outputs(), tile.columns());
      int residual = op.epilogue().residual() ? 1 : 0;
      double values = (double) rows * (weights.k() + (1L + residual) * weights.outputs());
      slices =
          GemmSlices.best(
              tile,
              device,
              new GemmSlices.Product(
                  tiles(),
                  slabs,
                  4L * rows * columnTiles * tile.columns(),
                  weights.bytes() + 4 * values));
    }

    private long tiles() {
      return (long) ceilDiv(rows, tile.rows()) * columnTiles;
    }

    private NdRange range() {
      return NdRange.groups(tile.lanes(), tiles(), slices.count(), 1);
    }

    Offer offer() {
      LayerOffer offer = LayerOffer.of(op, device);
      Arguments extents = new Arguments().ints(rows, weights.k(), weights.outputs());
      if (slices.count() == 1) {
        offer
            .launch("dense_gemm", defines(), range(), offer.arguments().addAll(extents))
            .resident(resident());
      } else {
        Arguments sums = new Arguments().input(0).scratch(0).packed(0);
        offer
            .scratch(slices.bytes())
            .unfinished(
                "dense_gemm", defines(), range(), sums.addAll(offer.epilogue()).addAll(extents))
            .resident(resident());
        reduce(offer);
      }
      return offer.accept(
          weights, roundUp(weights.outputs(), DeviceProfile.GPU_BLOCK), slices.seconds());
    }

    private long resident() {
      GroupWork work = tile.work(ceilDiv(slabs, slices.count()));
      return new GpuCost(device).resident(range(), work);
    }

    private void reduce(LayerOffer offer) {
      long vectors = (long) rows * ceilDiv(weights.outputs(), DeviceProfile.GPU_BLOCK);
      int lanes = GpuRange.lanes(vectors, device);
      offer.launch(
          "dense_gemm_reduce",
          GpuRange.defines(Map.of(), lanes),
          GpuRange.range(vectors, 1, lanes),
          new Arguments()
              .scratch(0)
              .output()
              .addAll(offer.epilogue())
              .ints(slices.count(), rows, columnTiles * tile.columns(), weights.outputs()));
    }

    private Map<String, String> defines() {
      Map<String, String> defines = new HashMap<>(tile.defines(ceilDiv(slabs, slices.count())));
      defines.put("SPLIT", slices.count() > 1 ? "1" : "0");
      if (weights.half()) {
        defines.put("WEIGHTS_HALF", "1");
      }
      return defines;
    }
  }
}
