package io.clarinet.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The extents of a tensor, of any rank, outermost first; a scalar has rank 0. Immutable. */
public final class Shape {
  private static final int MAX_RANK = 64;
  private static final long MAX_SIZE = 1L << 62;
  private final int[] dims;

  private Shape(int[] dims) {
    this.dims = dims;
  }

  /**
   * A shape of the given extents.
   *
   * @throws IllegalArgumentException if an extent is negative, the product of those that are not 0
   *     passes 2^62, or there are more than 64
   */
  public static Shape of(int... dims) {
    requireRank(dims.length);
    Shape shape = new Shape(dims.clone());
    long size = 1;
    for (int d : dims) {
      if (d < 0) {
        throw new IllegalArgumentException("negative extent in shape " + shape);
      }
      if (size > MAX_SIZE / Math.max(1, d)) {
        throw new IllegalArgumentException("a shape of absurd size, " + shape);
      }
      size *= Math.max(1, d);
    }
    return shape;
  }

  private static void requireRank(int rank) {
    if (rank > MAX_RANK) {
      throw new IllegalArgumentException("a shape of rank " + rank + "; at most " + MAX_RANK);
    }
  }

  /** A shape of 64-bit extents, checked as {@link #of(int...)}. */
  public static Shape of(long... dims) {
    requireRank(dims.length);
    int[] narrow = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 0 || dims[i] > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("extent out of range in shape " + Arrays.toString(dims));
      }
      narrow[i] = (int) dims[i];
    }
    return of(narrow);
  }

  /** Number of axes; 0 for a scalar. */
  public int rank() {
    return dims.length;
  }

  /** The extent of an axis; a negative axis counts from the innermost, -1. */
  public int dim(int axis) {
    return dims[axis < 0 ? axis + dims.length : axis];
  }

  /** A copy of the extents. */
  public int[] dims() {
    return dims.clone();
  }

  /** Number of elements. */
  public long size() {
    return size(0, dims.length);
  }

  /** Product of the extents of the axes {@code from} (inclusive) to {@code to} (exclusive). */
  public long size(int from, int to) {
    long size = 1;
    for (int i = from; i < to; i++) {
      size *= dims[i];
    }
    return size;
  }

  /** Batch extent of an image-like shape. */
  public int n() {
    return dims[0];
  }

  /** Channels of an image-like shape. */
  public int c() {
    return dims[1];
  }

  /** Height of an image-like (rank 4) shape. */
  public int h() {
    return dims[2];
  }

  /** Width of an image-like (rank 4) shape. */
  public int w() {
    return dims[3];
  }

  /** This shape with one extent replaced. */
  public Shape with(int axis, int extent) {
    int[] copy = dims.clone();
    copy[axis < 0 ? axis + dims.length : axis] = extent;
    return of(copy);
  }

  /** Row-major strides, in elements. */
  public long[] strides() {
    long[] strides = new long[dims.length];
    long stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  /**
   * The axis that a possibly negative axis number means.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(int axis) {
    int positive = axis < 0 ? axis + dims.length : axis;
    if (positive < 0 || positive >= dims.length) {
      throw new IllegalArgumentException("axis " + axis + " is outside of shape " + this);
    }
    return positive;
  }

  /**
   * The shape that both broadcast to, as numpy and ONNX define it.
   *
   * @throws IllegalArgumentException if they do not
   */
  public static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int da = i <= a.rank() ? a.dim(-i) : 1;
      int db = i <= b.rank() ? b.dim(-i) : 1;
      if (da != db && da != 1 && db != 1) {
        throw new IllegalArgumentException("shapes " + a + " and " + b + " do not broadcast");
      }
      dims[rank - i] = da == 1 ? db : da;
    }
    return of(dims);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(dims, that.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** Extents joined by ×, such as {@code 1x3x224x224}; {@code scalar} for rank 0. */
  @Override
  public String toString() {
    return dims.length == 0
        ? "scalar"
        : IntStream.of(dims).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }
}
