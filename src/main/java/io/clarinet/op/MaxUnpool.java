package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Elements put back to where a maximum pooling took them from, among zeros (ONNX MaxUnpool-11).
 * Inputs: x [n, c, …]; int64 indices of x's shape, as {@link PoolNd} tells them of an image of the
 * least extents that give x; optionally the output's shape (integers, a constant), to which that
 * image grows by zeros behind. Where indices are the same the last element stays; an index outside
 * of its own plane puts nothing.
 */
public record MaxUnpool(WindowNd window) implements Op {

  /** The shape of the least image whose pooling has the shape x. */
  public Shape pooled(Shape x) {
    if (x.rank() != window.axes() + 2) {
      throw new IllegalArgumentException(x + " for a window of " + window.axes() + " axes");
    }
    Shape image = x;
    for (int axis = 0; axis < window.axes(); axis++) {
      int padded = window.pads().get(axis) + window.pads().get(axis + window.axes());
      int steps = Math.multiplyExact(x.dim(axis + 2) - 1, window.strides().get(axis));
      int extent = Math.addExact(steps, window.kernel().get(axis) - padded);
      if (extent < 0) {
        throw new IllegalArgumentException("more padding than image around " + x);
      }
      image = image.with(axis + 2, extent);
    }
    return image;
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    Fact indices = inputs.get(1);
    if (indices.type() != ElementType.INT64 || !indices.shape().equals(x)) {
      throw new IllegalArgumentException("indices " + indices + " for " + x);
    }
    Fact.requireFloat32(inputs.subList(0, 1));
    Shape least = pooled(x);
    Shape y =
        inputs.size() < 3 ? least : Shape.of(inputs.get(2).required("the shape").toLongArray());
    boolean fits = y.rank() == x.rank() && y.n() == x.n() && y.c() == x.c();
    for (int axis = 2; fits && axis < x.rank(); axis++) {
      fits = y.dim(axis) >= least.dim(axis);
    }
    if (!fits) {
      throw new IllegalArgumentException("an output " + y + " for an image of " + least);
    }
    return List.of(Fact.of(y));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    Shape image = pooled(x);
    Shape y = outputs.get(0).shape();
    long plane = image.size(2, image.rank());
    long elements = Math.max(1, x.size(2, x.rank()));
    for (long i = 0; i < y.size(); i++) {
      outputs.get(0).set(i, 0.0);
    }
    for (long i = 0; i < x.size(); i++) {
      long within = inputs.get(1).longAt(i) - i / elements * plane;
      if (within >= 0 && within < plane) {
        int[] at = Indexing.coordinates(image.strides(), i / elements * plane + within);
        long to = 0;
        for (int axis = 0; axis < at.length; axis++) {
          to = to * y.dim(axis) + at[axis];
        }
        outputs.get(0).set(to, inputs.get(0), i);
      }
    }
  }
}
