package io.clarinet.kernel.opencl;

import io.clarinet.op.Slice;
import io.clarinet.tensor.Fact;
import java.util.List;

/** {@code opencl/cpu/transpose.cl}, its axes in place: slices of plain values of up to six axes. */
record SlicePlain(Slice op) implements Rearrangement {

  @Override
  public String name() {
    return "slice_plain";
  }

  @Override
  public List<StridedCopy> copies(List<Fact> inputs, List<Fact> outputs) {
    StridedCopy copy = new StridedCopy(inputs, outputs);
    List<Slice.Taken> taken = op.taken(inputs);
    for (int axis = 0; axis < taken.size(); axis++) {
      copy.axis(axis, axis, taken.get(axis).start(), taken.get(axis).step());
    }
    return List.of(copy);
  }
}
