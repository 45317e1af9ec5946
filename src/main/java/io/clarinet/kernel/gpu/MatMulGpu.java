package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.MatMulAxes;
import io.clarinet.kernel.opencl.MemoryBound;
import io.clarinet.op.MatMul;
import io.clarinet.tensor.Fact;
import java.util.List;

/**
 * {@code opencl/gpu/matmul_gpu.cl}: products of plain matrices in tiles, the other axes broadcast
 * by strides.
 */
record MatMulGpu(GemmTile tile) implements Kernel {

  /** The kernel in each of its tiles. */
  static List<Kernel> of(MatMul op) {
    return GemmTiles.ofPlain().stream().<Kernel>map(MatMulGpu::new).toList();
  }

  @Override
  public String name() {
    return tile.of("matmul_gpu");
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined =
        Declines.first(Declines.unlessFloats(MemoryBound.all(inputs, outputs)), tile.unfit(device));
    if (declined != null) {
      return declined;
    }
    if (!MatMulAxes.fits(inputs)) {
      return new Offer.Decline("more than six axes");
    }
    MatMulAxes axes = MatMulAxes.of(inputs);
    int slabs = ceilDiv(axes.depth(), tile.terms());
    long tiles = (long) ceilDiv(axes.rows(), tile.rows()) * ceilDiv(axes.columns(), tile.columns());
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs);
    return offer
        .launch(
            "matmul_gpu",
            tile.defines(slabs),
            NdRange.groups(tile.lanes(), tiles, axes.matrices(), axes.batch()),
            new Arguments().input(0).input(1).output().addAll(axes.arguments()),
            tile.work(slabs),
            offer.bytes())
        .accept();
  }
}
