package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.ReducedAxes;
import io.clarinet.op.Reduce;
import io.clarinet.tensor.Fact;
import java.util.List;

/** {@code opencl/gpu/reduce_gpu.cl}: plain values, along neighbouring axes and, or, the batch. */
record ReduceGpu(Reduce op) implements Kernel {
  /** Float operations of a term: its place, itself and a join. */
  private static final double FLOPS = 8;

  @Override
  public String name() {
    return "reduce_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = ReducedAxes.declined(op, inputs, outputs);
    if (declined != null) {
      return declined;
    }
    ReducedAxes axes = ReducedAxes.of(op, inputs);
    int itemRows = axes.outer() * axes.inner();
    int rows = axes.kept() * itemRows;
    RowTeams teams = RowTeams.of(rows, axes.axis() * axes.items(), axes.inner(), device);
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs).reading(1);
    return offer
        .launch(
            name(),
            teams.defines(op.kind().expressions()),
            teams.range(),
            new Arguments()
                .input(0)
                .output()
                .ints(axes.axis(), axes.inner(), axes.items(), itemRows, rows)
                .ints(ReducedAxes.item(outputs.get(0).shape())),
            teams.work(FLOPS, 4),
            offer.bytes())
        .accept();
  }
}
