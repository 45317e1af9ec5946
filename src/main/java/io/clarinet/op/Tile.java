package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** A value repeated along each axis. Inputs: x; the repeats, one an axis (an integer constant). */
public record Tile() implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    long[] repeats = inputs.get(1).required("the repeats").toLongArray();
    if (repeats.length != x.rank()) {
      throw new IllegalArgumentException(repeats.length + " repeats for input " + x);
    }
    long[] dims = new long[repeats.length];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = Math.multiplyExact(x.dim(axis), repeats[axis]);
    }
    return List.of(Fact.of(inputs.get(0).type(), Shape.of(dims)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    boolean once = inputs.get(1).required("the repeats").longAt(0) == 1;
    return Items.onlyOfFirst(inputs) ? once : inputs.get(0).shape().n() == 1;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    long[] inner = x.strides();
    Indexing.fillAt(
        inputs.get(0),
        outputs.get(0),
        at -> {
          long source = 0;
          for (int axis = 0; axis < at.length; axis++) {
            source += at[axis] % x.dim(axis) * inner[axis];
          }
          return source;
        });
  }
}
