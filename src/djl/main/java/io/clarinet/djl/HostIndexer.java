package io.clarinet.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDArrayIndexer;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.full.NDIndexFullPick;
import ai.djl.ndarray.index.full.NDIndexFullSlice;
import ai.djl.ndarray.index.full.NDIndexFullTake;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;

/** What {@code NDArray.get} and {@code set} make of an index. */
final class HostIndexer extends NDArrayIndexer {
  private static final String REMEDY = "index by numbers, slices, or a list of indices";

  private final HostManager manager;

  HostIndexer(HostManager manager) {
    this.manager = manager;
  }

  @Override
  public NDArray get(NDArray array, NDIndex index) {
    try {
      return super.get(array, index);
    } catch (UnsupportedOperationException e) {
      throw Refusal.of("NDArray.get(NDIndex) of this kind", REMEDY);
    }
  }

  @Override
  public void set(NDArray array, NDIndex index, Object value) {
    try {
      super.set(array, index, value);
    } catch (UnsupportedOperationException e) {
      throw Refusal.of("NDArray.set(NDIndex) of this kind", REMEDY);
    }
  }

  @Override
  public NDArray get(NDArray array, NDIndexFullPick pick) {
    throw Refusal.of("NDArray.get(NDIndex) with a pick", REMEDY);
  }

  @Override
  public NDArray get(NDArray array, NDIndexFullTake take) {
    Tensor indices = HostArray.tensorOf(take.getIndices());
    int[] chosen = Arrays.stream(indices.toLongArray()).mapToInt(Math::toIntExact).toArray();
    return manager.array(Assembly.taken(HostArray.tensorOf(array), take.getAxis(), chosen));
  }

  @Override
  public NDArray get(NDArray array, NDIndexFullSlice slice) {
    Tensor part = part(array, slice).copy();
    return manager.array(part.reshaped(Types.ours(slice.getSqueezedShape())));
  }

  @Override
  public void set(NDArray array, NDIndexFullSlice slice, NDArray value) {
    Strided part = part(array, slice);
    Tensor values = HostArray.tensorOf(value).as(part.tensor().type());
    Tensor whole = Strided.of(values).broadcast(Types.ours(slice.getSqueezedShape()).dims()).copy();
    Strided.of(whole.reshaped(Types.ours(slice.getShape()))).copyTo(part);
  }

  @Override
  public void set(NDArray array, NDIndexFullSlice slice, Number value) {
    try (NDArray scalar = manager.create(value)) {
      set(array, slice, scalar);
    }
  }

  private static Strided part(NDArray array, NDIndexFullSlice slice) {
    Strided part = Strided.of(HostArray.tensorOf(array));
    for (int axis = 0; axis < part.dims().length; axis++) {
      int from = Math.toIntExact(slice.getMin()[axis]);
      int count = Math.toIntExact(slice.getShape().get(axis));
      int extent = part.dims()[axis];
      int step = Math.toIntExact(slice.getStep()[axis]);
      int last = from + (count - 1) * step;
      if (count > 0 && (from < 0 || last < 0 || from >= extent || last >= extent)) {
        throw new IndexOutOfBoundsException(
            "%d to %d of axis %d of %s".formatted(from, last, axis, array.getShape()));
      }
      part = part.sliced(axis, from, count, step);
    }
    return part;
  }
}
