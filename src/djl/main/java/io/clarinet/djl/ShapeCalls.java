package io.clarinet.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Calls that give elements another shape or place; none shares memory with the array. */
final class ShapeCalls {
  private final HostArray array;

  ShapeCalls(HostArray array) {
    this.array = array;
  }

  /** One extent may be -1, for what is left. */
  public NDArray reshape(Shape wanted) {
    long[] dims = wanted.getShape().clone();
    long known = Arrays.stream(dims).filter(extent -> extent != -1).reduce(1, Math::multiplyExact);
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == -1) {
        dims[i] = array.tensor().shape().size() / known;
      }
    }
    return reshaped(Arrays.stream(dims).mapToInt(Math::toIntExact).toArray());
  }

  public NDArray flatten() {
    return reshaped(Math.toIntExact(array.tensor().shape().size()));
  }

  public NDArray expandDims(int axis) {
    int[] dims = array.tensor().shape().dims();
    int at = Axes.of(axis, dims.length + 1);
    return reshaped(
        IntStream.rangeClosed(0, dims.length)
            .map(i -> i == at ? 1 : dims[i < at ? i : i - 1])
            .toArray());
  }

  public NDArray squeeze(int[] axes) {
    Tensor tensor = array.tensor();
    int[] dims = tensor.shape().dims();
    int[] gone = Arrays.stream(axes).map(axis -> Axes.of(axis, tensor)).sorted().toArray();
    for (int axis : gone) {
      if (dims[axis] != 1) {
        throw new IllegalArgumentException(
            "squeeze of axis " + axis + " of " + tensor.shape() + ", which is not 1");
      }
    }
    return reshaped(
        IntStream.range(0, dims.length)
            .filter(i -> Arrays.binarySearch(gone, i) < 0)
            .map(i -> dims[i])
            .toArray());
  }

  public NDArray transpose() {
    int rank = array.tensor().shape().rank();
    return transpose(IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
  }

  public NDArray transpose(int... axes) {
    Tensor tensor = array.tensor();
    int[] order = Arrays.stream(axes).map(axis -> Axes.of(axis, tensor)).toArray();
    if (!Arrays.equals(
        IntStream.range(0, tensor.shape().rank()).toArray(),
        Arrays.stream(order).sorted().toArray())) {
      throw new IllegalArgumentException(
          "transpose of " + tensor.shape() + " by " + Arrays.toString(axes));
    }
    return array.made(Strided.of(tensor).transposed(order).copy());
  }

  public NDArray flip(int... axes) {
    Strided view = Strided.of(array.tensor());
    for (int axis : axes) {
      view = view.flipped(Axes.of(axis, array.tensor()));
    }
    return array.made(view.copy());
  }

  public NDArray broadcast(Shape shape) {
    return array.made(Strided.of(array.tensor()).broadcast(Types.ours(shape).dims()).copy());
  }

  /** In equal parts. */
  public NDList split(long parts, int axis) {
    int extent = array.tensor().shape().dim(Axes.of(axis, array.tensor()));
    if (parts < 1 || extent % parts != 0) {
      throw new IllegalArgumentException(
          "split of " + array.tensor().shape() + " along axis " + axis + " in " + parts);
    }
    int size = (int) (extent / parts);
    return split(IntStream.range(1, (int) parts).mapToLong(i -> (long) i * size).toArray(), axis);
  }

  /** Before each of the indices. */
  public NDList split(long[] indices, int axis) {
    int along = Axes.of(axis, array.tensor());
    Strided whole = Strided.of(array.tensor());
    NDList parts = new NDList();
    int from = 0;
    for (int i = 0; i <= indices.length; i++) {
      int to = i < indices.length ? Math.toIntExact(indices[i]) : whole.dims()[along];
      parts.add(array.made(whole.sliced(along, from, to - from, 1).copy()));
      from = to;
    }
    return parts;
  }

  /** The whole so many times along each of the last axes. */
  public NDArray tile(long[] times) {
    Tensor tiled = array.tensor();
    int rank = tiled.shape().rank();
    for (int i = 0; i < times.length; i++) {
      tiled = Assembly.tiled(tiled, rank - times.length + i, Math.toIntExact(times[i]));
    }
    return array.made(tiled);
  }

  public NDArray tile(int axis, long times) {
    int along = Axes.of(axis, array.tensor());
    return array.made(Assembly.tiled(array.tensor(), along, Math.toIntExact(times)));
  }

  /** Two numbers an axis, from the last axis on: elements before and after. */
  public NDArray pad(Shape around, double value) {
    return array.made(Assembly.padded(array.tensor(), around.getShape(), value));
  }

  /** The items along an axis for which the mask of that extent holds. */
  public NDArray booleanMask(NDArray mask, int axis) {
    Tensor tensor = array.tensor();
    return array.made(Assembly.masked(tensor, HostArray.tensorOf(mask), Axes.of(axis, tensor)));
  }

  private NDArray reshaped(int... dims) {
    Tensor copy = Strided.of(array.tensor()).copy();
    return array.made(copy.reshaped(io.clarinet.tensor.Shape.of(dims)));
  }
}
