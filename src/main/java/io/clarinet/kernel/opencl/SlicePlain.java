package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Slice;
import io.clarinet.tensor.Fact;
import java.util.List;

/** {@code opencl/cpu/transpose.cl}, its axes in place: slices of plain values of up to six axes. */
record SlicePlain(Slice op) implements Kernel {

  @Override
  public String name() {
    return "slice_plain";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    StridedCopy copy = new StridedCopy(inputs, outputs, device);
    List<Slice.Taken> taken = op.taken(inputs);
    for (int axis = 0; axis < taken.size(); axis++) {
      copy.axis(axis, axis, taken.get(axis).start(), taken.get(axis).step());
    }
    return copy.offer();
  }
}
