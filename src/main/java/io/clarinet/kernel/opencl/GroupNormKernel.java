package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.GroupNorm;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/row_norm.cl}: a row is a group of channels with all their pixels. */
record GroupNormKernel(GroupNorm op) implements Kernel {

  @Override
  public String name() {
    return "group_norm";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Shape x = inputs.get(0).shape();
    int groups = op.groups() == 0 ? x.c() : op.groups();
    long factors = inputs.get(1).shape().size();
    if (inputs.get(2).shape().size() != factors) {
      return new Offer.Decline("scales and shifts differ in number");
    }
    int length = Math.toIntExact(x.size(1, x.rank()) / groups);
    RowNorm rows = new RowNorm(groups, length, (int) factors / groups, false, op.epsilon());
    return rows.offer(name(), inputs, outputs, device);
  }
}
