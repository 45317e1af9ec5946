package io.clarinet.djl;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What is computed of rows: the elements along one axis or several. */
enum Reduction {
  MAXIMUM(row -> Arrays.stream(row).reduce(Double.NEGATIVE_INFINITY, Math::max)),
  MINIMUM(row -> Arrays.stream(row).reduce(Double.POSITIVE_INFINITY, Math::min)),
  SUM(row -> Arrays.stream(row).reduce(0, Double::sum)),
  MEAN(row -> Arrays.stream(row).reduce(0, Double::sum) / row.length),
  /** The first of the largest. */
  INDEX_OF_MAXIMUM(
      row -> IntStream.range(1, row.length).reduce(0, (best, i) -> row[i] > row[best] ? i : best));

  private final ToDoubleFunction<double[]> ofRow;

  Reduction(ToDoubleFunction<double[]> ofRow) {
    this.ofRow = ofRow;
  }

  /** Reduced along axes, which stay with extent 1 if {@code keep}. */
  Tensor of(Tensor tensor, int[] axes, boolean keep) {
    int[] dims = tensor.shape().dims();
    int[] kept = IntStream.range(0, dims.length).filter(i -> !contains(axes, i)).toArray();
    int[] order = IntStream.concat(Arrays.stream(kept), Arrays.stream(axes)).toArray();
    Tensor rows = Strided.of(tensor).transposed(order).copy();
    int length = Arrays.stream(axes).map(axis -> dims[axis]).reduce(1, Math::multiplyExact);
    Tensor result =
        Strided.zeros(
            type(tensor.type()),
            keep
                ? IntStream.range(0, dims.length)
                    .map(i -> contains(axes, i) ? 1 : dims[i])
                    .toArray()
                : Arrays.stream(kept).map(axis -> dims[axis]).toArray());
    double[] row = new double[length];
    for (int i = 0; i < result.shape().size(); i++) {
      for (int j = 0; j < length; j++) {
        row[j] = rows.doubleAt((long) i * length + j);
      }
      result.set(i, ofRow.applyAsDouble(row));
    }
    return result;
  }

  private static boolean contains(int[] axes, int axis) {
    return Arrays.stream(axes).anyMatch(each -> each == axis);
  }

  private ElementType type(ElementType own) {
    return switch (this) {
      case MAXIMUM, MINIMUM -> own;
      case SUM -> own.isFloatingPoint() ? own : ElementType.INT64;
      case MEAN -> own.isFloatingPoint() ? own : ElementType.FLOAT32;
      case INDEX_OF_MAXIMUM -> ElementType.INT64;
    };
  }
}
