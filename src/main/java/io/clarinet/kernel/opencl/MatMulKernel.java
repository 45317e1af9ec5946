package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import java.util.List;

/**
 * {@code opencl/cpu/matmul.cl}: products of plain values of up to six axes, broadcast by strides.
 */
record MatMulKernel() implements Kernel {
  /**
   * Operations at the peak in the time of one, as for {@link Conv2dBlockwise}: both factors of
   * every product are loaded.
   */
  private static final double LOAD_COST = 4;

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(MemoryBound.all(inputs, outputs));
    if (declined != null) {
      return declined;
    }
    if (!MatMulAxes.fits(inputs)) {
      return new Offer.Decline("more than " + SixAxes.COUNT + " axes");
    }
    MatMulAxes axes = MatMulAxes.of(inputs);
    int all = axes.matrices() * axes.rows();
    int rows = MemoryBound.rows(all, axes.batch(), device);
    double flops = LOAD_COST * 2.0 * outputs.get(0).shape().size() * axes.depth();
    return MemoryBound.plain(device, inputs, outputs)
        .flops(flops)
        .launch(
            name(),
            MemoryBound.block(device),
            NdRange.items(ceilDiv(all, rows), 1, axes.batch()),
            new Arguments().input(0).input(1).output().ints(rows).addAll(axes.arguments()))
        .accept();
  }
}
