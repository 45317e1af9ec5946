package io.clarinet.op;

import io.clarinet.tensor.Shape;
import java.util.List;

/**
 * A sliding window over any number of spatial axes: those of [n, c, …] from the third on. Every
 * list has one element an axis, but {@code pads}: those before each axis, then those after.
 */
public record WindowNd(
    List<Integer> kernel,
    List<Integer> strides,
    List<Integer> dilations,
    Padding.Rule rule,
    List<Integer> pads) {

  public WindowNd {
    kernel = List.copyOf(kernel);
    strides = List.copyOf(strides);
    dilations = List.copyOf(dilations);
    pads = List.copyOf(pads);
    for (int axis = 0; axis < kernel.size(); axis++) {
      new Window2d(kernel.get(axis), 1, strides.get(axis), 1, dilations.get(axis), 1, Padding.NONE);
    }
  }

  public int axes() {
    return kernel.size();
  }

  /** Positions of the window's elements: the product of the kernel's extents. */
  public int taps() {
    return kernel.stream().reduce(1, Math::multiplyExact);
  }

  /** One axis as the rows of a window of one column, its padding settled for the extent. */
  public Window2d rows(int axis, int extent) {
    Padding padding = new Padding(rule, pads.get(axis), 0, pads.get(axis + axes()), 0);
    return new Window2d(kernel.get(axis), 1, strides.get(axis), 1, dilations.get(axis), 1, padding)
        .resolved(extent, 1);
  }

  /** The spatial extents of the output for an input [n, c, …]. */
  int[] outputs(Shape x, boolean ceil) {
    if (x.rank() != axes() + 2) {
      throw new IllegalArgumentException(
          "input " + x + " must have rank " + (axes() + 2) + " for this window");
    }
    int[] extents = new int[axes()];
    for (int axis = 0; axis < axes(); axis++) {
      int extent = x.dim(axis + 2);
      Window2d rows = rows(axis, extent);
      extents[axis] = ceil ? rows.outHCeil(extent) : rows.outH(extent);
    }
    return extents;
  }

  /** [n, channels, the output's spatial extents]. */
  Shape output(Shape x, int channels, boolean ceil) {
    int[] spatial = outputs(x, ceil);
    int[] dims = new int[spatial.length + 2];
    dims[0] = x.n();
    dims[1] = channels;
    System.arraycopy(spatial, 0, dims, 2, spatial.length);
    return Shape.of(dims);
  }

  /** Walks the window at one output position over an input [n, c, …]. */
  final class Walk {
    private final Shape x;
    private final Window2d[] rows;
    private final long[] taps;
    private final long[] strides;

    Walk(Shape x) {
      this.x = x;
      this.strides = x.strides();
      this.rows = new Window2d[axes()];
      for (int axis = 0; axis < rows.length; axis++) {
        rows[axis] = rows(axis, x.dim(axis + 2));
      }
      this.taps = Shape.of(kernel.stream().mapToInt(Integer::intValue).toArray()).strides();
    }

    /**
     * The offset into an image of what a tap reads for the output coordinates {@code at} [n, c, …];
     * -1 in the padding, -2 beyond it.
     */
    long offset(int[] at, int tap) {
      long offset = 0;
      boolean inside = true;
      int rest = tap;
      for (int axis = 0; axis < rows.length; axis++) {
        Window2d row = rows[axis];
        int k = (int) (rest / taps[axis]);
        rest %= (int) taps[axis];
        int i = at[axis + 2] * row.strideH() - row.padding().top() + k * row.dilationH();
        int extent = x.dim(axis + 2);
        if (i >= extent + row.padding().bottom()) {
          return -2;
        }
        inside &= i >= 0 && i < extent;
        offset += i * strides[axis + 2];
      }
      return inside ? offset : -1;
    }
  }
}
