package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Split;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/transpose.cl}, its axes in place, once for each part. */
record SplitKernel(Split op) implements Kernel {

  @Override
  public String name() {
    return "split";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Shape x = inputs.get(0).shape();
    int along = x.axis(op.axis());
    MemoryBound offer = MemoryBound.plain(device, inputs, outputs);
    int start = 0;
    for (int part = 0; part < outputs.size(); part++) {
      Shape y = outputs.get(part).shape();
      StridedCopy copy = new StridedCopy(inputs, outputs, part, device, x, y);
      for (int axis = 0; axis < x.rank(); axis++) {
        copy.axis(axis, axis, axis == along ? start : 0, 1);
      }
      Offer.Decline declined = copy.declined();
      if (declined != null) {
        return declined;
      }
      offer.launch(copy.launch());
      start += y.dim(along);
    }
    return offer.accept(1);
  }
}
