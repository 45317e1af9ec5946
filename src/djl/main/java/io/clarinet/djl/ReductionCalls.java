package io.clarinet.djl;

import ai.djl.ndarray.NDArray;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Calls of all elements, or of those along some axes. */
final class ReductionCalls {
  private final HostArray array;

  ReductionCalls(HostArray array) {
    this.array = array;
  }

  public NDArray max() {
    return all(Reduction.MAXIMUM);
  }

  public NDArray max(int[] axes, boolean keep) {
    return along(Reduction.MAXIMUM, keep, axes);
  }

  public NDArray min() {
    return all(Reduction.MINIMUM);
  }

  public NDArray min(int[] axes, boolean keep) {
    return along(Reduction.MINIMUM, keep, axes);
  }

  public NDArray sum() {
    return all(Reduction.SUM);
  }

  public NDArray sum(int[] axes, boolean keep) {
    return along(Reduction.SUM, keep, axes);
  }

  public NDArray mean() {
    return all(Reduction.MEAN);
  }

  public NDArray mean(int[] axes, boolean keep) {
    return along(Reduction.MEAN, keep, axes);
  }

  public NDArray argMax() {
    return all(Reduction.INDEX_OF_MAXIMUM);
  }

  public NDArray argMax(int axis) {
    return along(Reduction.INDEX_OF_MAXIMUM, false, axis);
  }

  /** The largest is taken off first, so that none is too large for its exponential. */
  public NDArray softmax(int axis) {
    int[] axes = {Axes.of(axis, array.tensor())};
    Tensor values = array.tensor().as(ElementType.FLOAT64);
    Tensor largest = Reduction.MAXIMUM.of(values, axes, true);
    Tensor powers = Arithmetic.SUBTRACT.of(values, largest);
    for (long i = 0; i < powers.shape().size(); i++) {
      powers.set(i, Math.exp(powers.doubleAt(i)));
    }
    Tensor shares = Arithmetic.DIVIDE.of(powers, Reduction.SUM.of(powers, axes, true));
    ElementType own = array.tensor().type();
    return array.made(shares.as(own.isFloatingPoint() ? own : ElementType.FLOAT32));
  }

  /** Of two matrices. */
  public NDArray matMul(NDArray other) {
    Tensor left = array.tensor();
    Tensor right = HostArray.tensorOf(other);
    if (left.shape().rank() != 2
        || right.shape().rank() != 2
        || left.shape().dim(1) != right.shape().dim(0)) {
      throw new IllegalArgumentException(
          "matMul of %s and %s; it takes matrices that fit".formatted(left, right));
    }
    int[] rows = {left.shape().dim(0), left.shape().dim(1), 1};
    Tensor products =
        Arithmetic.MULTIPLY.of(
            left.reshaped(Shape.of(rows)),
            right.reshaped(Shape.of(1, right.shape().dim(0), right.shape().dim(1))));
    return array.made(Reduction.SUM.of(products, new int[] {1}, false).as(products.type()));
  }

  private NDArray all(Reduction what) {
    int rank = array.tensor().shape().rank();
    return along(what, false, IntStream.range(0, rank).toArray());
  }

  private NDArray along(Reduction what, boolean keep, int... axes) {
    Tensor tensor = array.tensor();
    int[] known = Arrays.stream(axes).map(axis -> Axes.of(axis, tensor)).toArray();
    return array.made(what.of(tensor, known, keep));
  }
}
