package io.clarinet.importer.pytorch;

import io.clarinet.importer.pytorch.PickleValues.Storage;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor as PyTorch stores it: a window onto a storage, with a distance in elements between
 * neighbours along each axis.
 *
 * @param offset the first element's index in the storage
 * @param strides one for each axis
 */
record StridedTensor(Storage storage, long offset, Shape shape, long[] strides) {
  static final int MAX_RANK = 16;

  /**
   * Checks that every element lies inside the storage.
   *
   * @throws IOException if not
   */
  static StridedTensor of(Storage storage, long offset, long[] size, long[] strides)
      throws IOException {
    if (size.length != strides.length) {
      throw new IOException(
          "a tensor with " + size.length + " extents, " + strides.length + " strides");
    }
    try {
      Shape shape = Shape.of(size);
      long last = offset;
      for (int i = 0; i < size.length; i++) {
        if (strides[i] < 0) {
          throw new IOException("a tensor with a stride of " + strides[i]);
        }
        last = Math.addExact(last, Math.multiplyExact(Math.max(0, size[i] - 1), strides[i]));
      }
      boolean inside = offset >= 0 && last < storage.count();
      if (shape.size() > 0 && !inside) {
        throw new IOException(
            "a tensor " + shape + " reads element " + last + " of a storage of " + storage.count());
      }
      if (shape.size() > Integer.MAX_VALUE / 8) {
        throw new IOException("a tensor " + shape + "; one holds at most 2 GB");
      }
      return new StridedTensor(storage, offset, shape, strides);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("a tensor's extents or strides are absurd: " + e.getMessage(), e);
    }
  }

  /** The tensor over its storage's bytes; floating-point values as float32. */
  Constant over(ByteBuffer bytes) throws IOException {
    ElementType type = storage.type().storage();
    if (!isDense()) {
      ElementType read = type.isFloatingPoint() ? ElementType.FLOAT32 : type;
      return new Deferred(read, shape, () -> gathered(read, bytes));
    }
    int from = shape.size() == 0 ? 0 : (int) offset * type.bytes();
    ByteBuffer window =
        bytes.slice(from, (int) shape.size() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    Tensor stored = Tensor.wrap(type, shape, window);
    return type.isFloatingPoint() ? Converted.of(stored, ElementType.FLOAT32) : stored;
  }

  /** Whether neighbours lie as in a row-major tensor. */
  private boolean isDense() {
    long[] dense = shape.strides();
    for (int i = 0; i < dense.length; i++) {
      if (shape.dim(i) > 1 && strides[i] != dense[i]) {
        return shape.size() == 0;
      }
    }
    return true;
  }

  private Tensor gathered(ElementType type, ByteBuffer bytes) {
    Shape all = Shape.of(Math.toIntExact(storage.count()));
    Tensor source = Tensor.wrap(ofStorage(), all, bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    Tensor gathered = Tensor.zeros(type, shape);
    int[] at = new int[shape.rank()];
    long from = offset;
    for (long to = 0; to < shape.size(); to++) {
      gathered.set(to, source, from);
      from = next(at, from);
    }
    return gathered;
  }

  private ElementType ofStorage() {
    try {
      return storage.type().storage();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Steps to the next position in row-major order; gives the index of its element. */
  private long next(int[] at, long from) {
    long index = from;
    for (int axis = at.length - 1; axis >= 0; axis--) {
      index += strides[axis];
      if (++at[axis] < shape.dim(axis)) {
        return index;
      }
      index -= strides[axis] * at[axis];
      at[axis] = 0;
    }
    return index;
  }
}
