package io.clarinet.kernel.opencl;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code opencl/cpu/transpose.cl}, standing still along the repeats, each an axis of its own. */
record TileKernel() implements Rearrangement {

  @Override
  public String name() {
    return "tile";
  }

  @Override
  public List<StridedCopy> copies(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    List<Integer> extents = new ArrayList<>();
    List<Integer> sources = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      boolean repeats = x.dim(axis) != y.dim(axis);
      if (repeats && x.dim(axis) > 1) {
        if (axis == 0) {
          return List.of(new StridedCopy(inputs, outputs).decline("repeats the batch"));
        }
        extents.add(y.dim(axis) / x.dim(axis));
        sources.add(-1);
      }
      extents.add(x.dim(axis) > 1 ? x.dim(axis) : y.dim(axis));
      sources.add(repeats && x.dim(axis) == 1 ? -1 : axis);
    }
    Shape split = Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
    StridedCopy copy = new StridedCopy(inputs, outputs, 0, x, split);
    for (int axis = 0; axis < sources.size(); axis++) {
      if (sources.get(axis) >= 0) {
        copy.axis(axis, sources.get(axis), 0, 1);
      }
    }
    return List.of(copy);
  }
}
