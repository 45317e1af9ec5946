package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * The grid of places that an affine map takes an image's pixels to, for {@link GridSample} (ONNX
 * AffineGrid-20, PyTorch's {@code affine_grid}). Inputs: the maps [n, r, r + 1], r 2 or 3; the size
 * [n, c, d1 … dr] of the image (integers, a constant), of which n and c tell nothing. Output: [n,
 * d1 … dr, r], the innermost axis' coordinate first.
 *
 * @param alignCorners whether -1 and 1 are the centres of the outer pixels, not their edges
 */
public record AffineGrid(boolean alignCorners) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape maps = inputs.get(0).shape();
    int axes = maps.rank() == 3 ? maps.dim(1) : 0;
    if ((axes != 2 && axes != 3) || maps.dim(2) != axes + 1) {
      throw new IllegalArgumentException("maps are " + maps + ", not [n, 2, 3] or [n, 3, 4]");
    }
    Fact.requireFloat32(inputs.subList(0, 1));
    Tensor size = inputs.get(1).required("the size");
    if (size.type() != ElementType.INT64 || size.shape().size() != axes + 2) {
      throw new IllegalArgumentException("a size of " + size + " for maps of " + axes + " axes");
    }
    int[] dims = new int[axes + 2];
    dims[0] = maps.n();
    dims[axes + 1] = axes;
    for (int axis = 0; axis < axes; axis++) {
      dims[axis + 1] = Math.toIntExact(size.longAt(axis + 2));
    }
    return List.of(Fact.of(Shape.of(dims)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  /**
   * The coordinate of a pixel's centre along an axis of so many pixels; 0 if it is the only one.
   */
  public double centre(int pixel, int extent) {
    return alignCorners
        ? extent == 1 ? 0 : 2.0 * pixel / (extent - 1) - 1
        : (2.0 * pixel + 1) / extent - 1;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor maps = inputs.get(0);
    Shape y = outputs.get(0).shape();
    int axes = y.dim(-1);
    long[] strides = y.strides();
    for (long i = 0; i < y.size(); i++) {
      int[] at = Indexing.coordinates(strides, i);
      long row = ((long) at[0] * axes + at[axes + 1]) * (axes + 1);
      double sum = maps.doubleAt(row + axes);
      for (int axis = 0; axis < axes; axis++) {
        sum += maps.doubleAt(row + axis) * centre(at[axes - axis], y.dim(axes - axis));
      }
      outputs.get(0).set(i, sum);
    }
  }
}
