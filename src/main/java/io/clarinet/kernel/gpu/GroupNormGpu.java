package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.RowNorm;
import io.clarinet.op.GroupNorm;
import io.clarinet.tensor.Fact;
import java.util.List;

/** {@code opencl/gpu/row_norm_gpu.cl}: a row is a group of channels with all their pixels. */
record GroupNormGpu(GroupNorm op) implements Kernel {

  @Override
  public String name() {
    return "group_norm_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = RowNorm.declined(op, inputs, outputs);
    return declined == null
        ? new RowNormGpu(RowNorm.of(op, inputs)).offer(inputs, outputs, device)
        : declined;
  }
}
