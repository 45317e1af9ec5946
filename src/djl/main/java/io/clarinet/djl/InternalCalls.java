package io.clarinet.djl;

import ai.djl.modality.cv.Image.Interpolation;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDArrayIndexer;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** Calls that DJL's transforms and batchifiers make of an array's inside. */
final class InternalCalls {
  private final HostArray array;

  InternalCalls(HostArray array) {
    this.array = array;
  }

  public NDArray getArray() {
    return array.front();
  }

  public NDArray resize(int width, int height, int interpolation) {
    Interpolation filter = Interpolation.values()[interpolation];
    return array.made(PictureArray.resized(array.tensor(), width, height, filter));
  }

  public NDArray stack(NDList others, int axis) {
    int along = Axes.of(axis, array.tensor().shape().rank() + 1);
    List<Tensor> parts = withOthers(others).map(part -> extended(part, along)).toList();
    return array.made(Assembly.joined(parts, along));
  }

  private static Tensor extended(Tensor part, int axis) {
    int[] dims = part.shape().dims();
    int[] more = new int[dims.length + 1];
    System.arraycopy(dims, 0, more, 0, axis);
    more[axis] = 1;
    System.arraycopy(dims, axis, more, axis + 1, dims.length - axis);
    return part.reshaped(Shape.of(more));
  }

  public NDArray concat(NDList others, int axis) {
    return array.made(Assembly.joined(withOthers(others).toList(), Axes.of(axis, array.tensor())));
  }

  private Stream<Tensor> withOthers(NDList others) {
    return Stream.concat(Stream.of(array.tensor()), others.stream().map(HostArray::tensorOf));
  }

  public NDArrayIndexer getIndexer(NDManager manager) {
    return new HostIndexer((HostManager) manager);
  }
}
