package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/**
 * {@code opencl/cpu/transpose.cl}, standing still along broadcast axes: plain values of up to six.
 */
record ExpandKernel() implements Kernel {

  @Override
  public String name() {
    return "expand";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Shape x = inputs.get(0).shape();
    StridedCopy copy = new StridedCopy(inputs, outputs, device);
    int added = outputs.get(0).shape().rank() - x.rank();
    for (int axis = 0; axis < x.rank(); axis++) {
      if (x.dim(axis) > 1) {
        copy.axis(added + axis, axis, 0, 1);
      }
    }
    return copy.offer();
  }
}
