package io.clarinet.kernel.opencl;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/**
 * {@code opencl/cpu/transpose.cl}, standing still along broadcast axes: plain values of up to six.
 */
record ExpandKernel() implements Rearrangement {

  @Override
  public String name() {
    return "expand";
  }

  @Override
  public List<StridedCopy> copies(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    StridedCopy copy = new StridedCopy(inputs, outputs);
    int added = outputs.get(0).shape().rank() - x.rank();
    for (int axis = 0; axis < x.rank(); axis++) {
      if (x.dim(axis) > 1) {
        copy.axis(added + axis, axis, 0, 1);
      }
    }
    return List.of(copy);
  }
}
