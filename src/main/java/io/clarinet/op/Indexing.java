package io.clarinet.op;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;

/** Row-major indices: of coordinates, of broadcast operands, and of elements that move. */
final class Indexing {
  private Indexing() {}

  /** Fills {@code y} from the elements of {@code x} at the indices that {@code source} names. */
  static void fill(Tensor x, Tensor y, LongUnaryOperator source) {
    for (long i = 0; i < y.shape().size(); i++) {
      y.set(i, x, source.applyAsLong(i));
    }
  }

  /**
   * Fills {@code y} like {@link #fill}, the source index computed from the output's coordinates.
   */
  static void fillAt(Tensor x, Tensor y, ToLongFunction<int[]> source) {
    long[] strides = y.shape().strides();
    fill(x, y, i -> source.applyAsLong(coordinates(strides, i)));
  }

  /** The coordinates of a row-major index. */
  static int[] coordinates(long[] strides, long index) {
    int[] at = new int[strides.length];
    long rest = index;
    for (int axis = 0; axis < at.length; axis++) {
      at[axis] = (int) (rest / strides[axis]);
      rest %= strides[axis];
    }
    return at;
  }

  /** Index into a broadcast operand of the output's element {@code i}. */
  static long broadcast(Shape operand, long[] outputStrides, long i) {
    long[] own = operand.strides();
    int skip = outputStrides.length - own.length;
    long index = 0;
    long rest = i;
    for (int axis = 0; axis < outputStrides.length; axis++) {
      long at = rest / outputStrides[axis];
      rest %= outputStrides[axis];
      if (axis >= skip && operand.dim(axis - skip) != 1) {
        index += at * own[axis - skip];
      }
    }
    return index;
  }
}
