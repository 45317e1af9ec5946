package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.GroupNorm;
import io.clarinet.tensor.Fact;
import java.util.List;

/** {@code opencl/cpu/row_norm.cl}: a row is a group of channels with all their pixels. */
record GroupNormKernel(GroupNorm op) implements Kernel {

  @Override
  public String name() {
    return "group_norm";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = RowNorm.declined(op, inputs, outputs);
    return declined == null
        ? new RowNormLaunch(RowNorm.of(op, inputs)).offer(inputs, outputs, device)
        : declined;
  }
}
