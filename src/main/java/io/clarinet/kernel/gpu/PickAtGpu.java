package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.IndexCheck;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.PickAtKernel;
import io.clarinet.kernel.opencl.RuntimeIndices;
import io.clarinet.kernel.opencl.WalkTable;
import io.clarinet.op.IndexWalk;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/pick_at_gpu.cl}: plain values, by indices that are known only at a run. */
record PickAtGpu(PickAtKernel twin) implements Kernel {

  @Override
  public String name() {
    return "pick_at_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = RuntimeIndices.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    IndexWalk walk = twin.walk(inputs);
    return GpuOffer.plain(device, inputs, outputs)
        .packed(WalkTable.of(walk))
        .scratch(IndexCheck.BYTES)
        .checked(RuntimeIndices.check(0, walk.tuple()))
        .launch(
            name(),
            RuntimeIndices.defines(Map.of(), inputs.get(1)),
            GpuRange.quads(outputs.get(0).shape().size()),
            1,
            PickAtKernel.arguments(inputs, outputs),
            4 * GpuOffer.bytes(outputs.get(0)))
        .accept();
  }
}
