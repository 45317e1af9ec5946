package io.clarinet.kernel.opencl;

import io.clarinet.op.Transpose;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/transpose.cl}: plain values of up to six axes, their axes in another order. */
record TransposeKernel(Transpose op) implements Rearrangement {

  @Override
  public String name() {
    return "transpose";
  }

  @Override
  public List<StridedCopy> copies(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    StridedCopy copy = new StridedCopy(inputs, outputs);
    List<Integer> axes = op.axes(x.rank());
    for (int axis = 0; axis < axes.size(); axis++) {
      copy.axis(axis, axes.get(axis), 0, 1);
    }
    return List.of(copy);
  }
}
