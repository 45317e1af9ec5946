package io.clarinet.kernel.opencl;

import io.clarinet.op.Gather;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/**
 * {@code opencl/cpu/transpose.cl}, where the indices are known and evenly spaced, as one always is.
 */
record GatherKernel(Gather op) implements Rearrangement {

  @Override
  public String name() {
    return "gather";
  }

  @Override
  public List<StridedCopy> copies(List<Fact> inputs, List<Fact> outputs) {
    StridedCopy copy = new StridedCopy(inputs, outputs);
    Constant known = inputs.get(1).constant();
    if (known == null || known.shape().size() == 0 || known.shape().rank() > 1) {
      return List.of(copy.decline("the indices must be a constant scalar or vector"));
    }
    Shape x = inputs.get(0).shape();
    int along = x.axis(op.axis());
    long[] indices = known.tensor().toLongArray();
    int extent = x.dim(along);
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < -extent || indices[i] >= extent) {
        return List.of(copy.decline("index " + indices[i] + " is outside of " + extent));
      }
      indices[i] += indices[i] < 0 ? extent : 0;
    }
    int step = indices.length > 1 ? (int) (indices[1] - indices[0]) : 1;
    for (int i = 1; i < indices.length; i++) {
      if (indices[i] - indices[i - 1] != step) {
        return List.of(copy.decline("the indices are not evenly spaced"));
      }
    }
    boolean dropped = known.shape().rank() == 0;
    take(copy, x.rank(), along, dropped, (int) indices[0], step);
    return List.of(copy);
  }

  private static void take(
      StridedCopy copy, int rank, int along, boolean dropped, int first, int step) {
    int next = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (axis == along && dropped) {
        copy.stay(axis, first);
      } else if (axis == along) {
        copy.axis(next++, axis, first, step);
      } else {
        copy.axis(next++, axis, 0, 1);
      }
    }
  }
}
