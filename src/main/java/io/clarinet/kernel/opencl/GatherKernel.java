package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Gather;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/**
 * {@code opencl/cpu/transpose.cl}, where the indices are known and evenly spaced, as one always is.
 */
record GatherKernel(Gather op) implements Kernel {

  @Override
  public String name() {
    return "gather";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Constant known = inputs.get(1).constant();
    if (known == null || known.shape().size() == 0 || known.shape().rank() > 1) {
      return new Offer.Decline("the indices must be a constant scalar or vector");
    }
    Shape x = inputs.get(0).shape();
    int along = x.axis(op.axis());
    long[] indices = known.tensor().toLongArray();
    int extent = x.dim(along);
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < -extent || indices[i] >= extent) {
        return new Offer.Decline("index " + indices[i] + " is outside of " + extent);
      }
      indices[i] += indices[i] < 0 ? extent : 0;
    }
    int step = indices.length > 1 ? (int) (indices[1] - indices[0]) : 1;
    for (int i = 1; i < indices.length; i++) {
      if (indices[i] - indices[i - 1] != step) {
        return new Offer.Decline("the indices are not evenly spaced");
      }
    }
    return copy(inputs, outputs, along, (int) indices[0], step, device);
  }

  private static Offer copy(
      List<Fact> inputs, List<Fact> outputs, int along, int first, int step, DeviceProfile device) {
    StridedCopy copy = new StridedCopy(inputs, outputs, device);
    boolean dropped = inputs.get(1).shape().rank() == 0;
    int next = 0;
    for (int axis = 0; axis < inputs.get(0).shape().rank(); axis++) {
      if (axis == along && dropped) {
        copy.stay(axis, first);
      } else if (axis == along) {
        copy.axis(next++, axis, first, step);
      } else {
        copy.axis(next++, axis, 0, 1);
      }
    }
    return copy.offer();
  }
}
