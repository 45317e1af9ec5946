package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.IndexCheck;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.RuntimeIndices;
import io.clarinet.kernel.opencl.ScatterAtKernel;
import io.clarinet.kernel.opencl.WalkTable;
import io.clarinet.op.UpdateWalk;
import io.clarinet.tensor.Fact;
import java.util.List;

/** {@code opencl/gpu/scatter_at_gpu.cl}: plain values, at indices that are known only at a run. */
record ScatterAtGpu(ScatterAtKernel twin) implements Kernel {
  /** Operations of a work-item for each tuple of indices that it looks at. */
  private static final double FLOPS = 32;

  @Override
  public String name() {
    return "scatter_at_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = RuntimeIndices.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    UpdateWalk walk = twin.walk(inputs).narrow();
    int most = GpuRange.lanes(device);
    int part = ScatterAtKernel.part(walk, (long) most * device.limits().computeUnits());
    int items = ScatterAtKernel.items(walk, part);
    int lanes = GpuRange.lanes(items, device);
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs);
    return offer
        .packed(WalkTable.of(walk))
        .scratch(twin.lostBytes(inputs.get(0)), IndexCheck.BYTES)
        .checked(RuntimeIndices.check(ScatterAtKernel.OUTSIDE, walk.tuple()))
        .launch(
            name(),
            GpuRange.defines(twin.defines(inputs), lanes),
            GpuRange.range(items, 1, lanes),
            ScatterAtKernel.arguments(inputs, walk, part),
            GroupWork.streaming(lanes, FLOPS * lanes * walk.tuples()),
            2 * offer.bytes())
        .accept();
  }
}
