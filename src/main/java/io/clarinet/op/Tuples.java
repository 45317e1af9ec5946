package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.Arrays;

/**
 * Tuples of indices, each of which names a slice of a value: the innermost axis of {@code indices}
 * [b…, t…, k] is a tuple, for k axes of a value behind the first {@code batch} ones, which both
 * have in common.
 */
final class Tuples {
  /** Row-major index of the first element of each tuple's slice. */
  private final long[] starts;

  /** Elements of a slice. */
  private final long slice;

  private Tuples(long[] starts, long slice) {
    this.starts = starts;
    this.slice = slice;
  }

  /**
   * The slices that known indices name.
   *
   * @throws IllegalArgumentException if an index is outside of its axis
   */
  static Tuples of(Shape x, Fact indices, int batch) {
    int length = length(x, indices.shape(), batch);
    long[] index = Picking.indices(indices);
    long[] starts = new long[Math.toIntExact(count(indices.shape()))];
    long perItem = Math.max(1, starts.length / Math.max(1, x.size(0, batch)));
    long item = x.size(batch, x.rank());
    long[] strides = x.strides();
    for (int t = 0; t < starts.length; t++) {
      starts[t] = t / perItem * item;
      for (int k = 0; k < length; k++) {
        int axis = batch + k;
        starts[t] += Picking.within(index[t * length + k], x.dim(axis)) * strides[axis];
      }
    }
    return new Tuples(starts, x.size(batch + length, x.rank()));
  }

  /** Where element i of the slices, one after the other, lies in the value. */
  long place(long i) {
    return starts[(int) (i / slice)] + i % slice;
  }

  /** The shape of all slices: [b…, t…, the axes that tuples do not name…]. */
  static Shape slices(Shape x, Shape indices, int batch) {
    int inner = batch + length(x, indices, batch);
    int[] outer = Arrays.copyOf(indices.dims(), indices.rank() - 1 + x.rank() - inner);
    System.arraycopy(x.dims(), inner, outer, indices.rank() - 1, x.rank() - inner);
    return Shape.of(outer);
  }

  private static long count(Shape indices) {
    return indices.size(0, indices.rank() - 1);
  }

  private static int length(Shape x, Shape indices, int batch) {
    boolean fits =
        batch >= 0
            && batch < Math.min(x.rank(), indices.rank())
            && indices.dim(-1) <= x.rank() - batch
            && Arrays.equals(x.dims(), 0, batch, indices.dims(), 0, batch);
    if (!fits) {
      throw new IllegalArgumentException("tuples of indices " + indices + " do not fit " + x);
    }
    return indices.dim(-1);
  }
}
