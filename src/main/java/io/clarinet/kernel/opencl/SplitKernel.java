package io.clarinet.kernel.opencl;

import io.clarinet.op.Split;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code opencl/cpu/transpose.cl}, its axes in place, once for each part. */
record SplitKernel(Split op) implements Rearrangement {

  @Override
  public String name() {
    return "split";
  }

  @Override
  public List<StridedCopy> copies(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    int along = x.axis(op.axis());
    List<StridedCopy> copies = new ArrayList<>();
    int start = 0;
    for (int part = 0; part < outputs.size(); part++) {
      Shape y = outputs.get(part).shape();
      StridedCopy copy = new StridedCopy(inputs, outputs, part, x, y);
      for (int axis = 0; axis < x.rank(); axis++) {
        copy.axis(axis, axis, axis == along ? start : 0, 1);
      }
      copies.add(copy);
      start += y.dim(along);
    }
    return copies;
  }
}
