package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.SparseTensorProto;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.io.IOException;

/**
 * Tensors that are zero nearly everywhere, as coordinates and values. They are unfolded each time
 * that they are asked for, as the few numbers of a file may say a shape of any size.
 */
final class SparseTensors {
  private SparseTensors() {}

  /**
   * The tensor.
   *
   * @throws IllegalArgumentException if shape, values and indices disagree
   * @throws UnsupportedOperationException if the element type is not supported
   */
  static Constant read(SparseTensorProto proto, TensorReader tensors) throws IOException {
    Tensor values = tensors.read(proto.values());
    Shape shape = TensorReader.shape(proto.dims());
    if (values.shape().rank() > 1) {
      throw new IllegalArgumentException("sparse values " + values.shape() + " are no vector");
    }
    if (values.shape().size() == 0) {
      return new Splat(values.type(), shape, 0);
    }
    Tensor places = flat(tensors.read(proto.indices()), shape, values.shape().size());
    return new Deferred(values.type(), shape, () -> unfolded(values, places, shape));
  }

  private static Tensor unfolded(Tensor values, Tensor places, Shape shape) {
    Tensor dense = Tensor.zeros(values.type(), shape);
    for (long i = 0; i < places.shape().size(); i++) {
      dense.set(places.longAt(i), values, i);
    }
    return dense;
  }

  /** The places in the flattened tensor: as they are, or from one index an axis. */
  private static Tensor flat(Tensor indices, Shape shape, long count) {
    boolean perAxis = indices.shape().rank() == 2;
    Shape expected = perAxis ? Shape.of(count, shape.rank()) : Shape.of(count);
    if (indices.type() != ElementType.INT64 || !indices.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "sparse indices " + indices + " for " + count + " values of " + shape);
    }
    Tensor flat = perAxis ? Tensor.zeros(ElementType.INT64, Shape.of(count)) : indices;
    long[] strides = shape.strides();
    for (long i = 0; i < count; i++) {
      long place = indices.longAt(i);
      if (perAxis) {
        place = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
          long index = indices.longAt(i * shape.rank() + axis);
          require(index, shape.dim(axis), shape);
          place += index * strides[axis];
        }
        flat.set(i, place);
      }
      require(place, shape.size(), shape);
    }
    return flat;
  }

  private static void require(long index, long extent, Shape shape) {
    if (index < 0 || index >= extent) {
      throw new IllegalArgumentException("a sparse index of " + index + " is outside of " + shape);
    }
  }
}
