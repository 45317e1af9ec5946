package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * An operator that computes nothing: each element of its output is one of its first input's, or
 * zero. Which one depends on shapes and on its other inputs alone.
 */
public sealed interface Picking permits Indexed, Trilu {

  /** What {@link #sources} says of an element that is zero. */
  long ZERO = -1;

  /**
   * From an element of the output to the one of the first input that it is, both row-major, or to
   * {@link #ZERO}.
   *
   * @param inputs of which all but the first are known
   * @throws IllegalArgumentException if an index is outside of its axis
   */
  LongUnaryOperator sources(List<Fact> inputs);

  /** {@link #sources} as a table, an entry for each element of the output. */
  default int[] table(List<Fact> inputs, Shape output) {
    LongUnaryOperator sources = sources(inputs);
    return IntStream.range(0, Math.toIntExact(output.size()))
        .map(i -> Math.toIntExact(sources.applyAsLong(i)))
        .toArray();
  }

  /** Fills the output by {@link #sources}: the reference of such an operator. */
  default void select(List<Tensor> inputs, Tensor y) {
    LongUnaryOperator sources = sources(inputs.stream().map(Fact::of).toList());
    for (long i = 0; i < y.shape().size(); i++) {
      long source = sources.applyAsLong(i);
      if (source == ZERO) {
        y.set(i, 0L);
      } else {
        y.set(i, inputs.get(0), source);
      }
    }
  }

  /** The known elements of an input of indices. */
  static long[] indices(Fact indices) {
    return indices.required("the indices", Integer.MAX_VALUE).toLongArray();
  }

  /**
   * Passes a type that indices have.
   *
   * @throws IllegalArgumentException for any other
   */
  static void requireIndices(Fact indices) {
    if (indices.type() != ElementType.INT64 && indices.type() != ElementType.INT32) {
      throw new IllegalArgumentException("indices are " + indices.type());
    }
  }

  /**
   * An index that may count from the end, as one from the start.
   *
   * @throws IllegalArgumentException if it is outside of the axis
   */
  static long within(long index, int extent) {
    if (index < -extent || index >= extent) {
      throw new IllegalArgumentException("index " + index + " is outside of " + extent);
    }
    return index < 0 ? index + extent : index;
  }
}
