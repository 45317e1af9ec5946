package io.clarinet.djl;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor's elements in another order: what moves elements and computes none is a view first, and
 * copied once.
 *
 * @param strides in elements
 * @param offset of the first element
 */
record Strided(Tensor tensor, int[] dims, int[] strides, int offset) {

  static Strided of(Tensor tensor) {
    int[] strides = Arrays.stream(tensor.shape().strides()).mapToInt(Math::toIntExact).toArray();
    return new Strided(tensor, tensor.shape().dims(), strides, 0);
  }

  /** A tensor of zeros on the heap. */
  static Tensor zeros(ElementType type, int... dims) {
    Shape shape = Shape.of(dims);
    int bytes = Math.toIntExact(Math.multiplyExact(shape.size(), (long) type.bytes()));
    return Tensor.wrap(type, shape, ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder()));
  }

  /** Axis i is the one that was {@code axes[i]}. */
  Strided transposed(int... axes) {
    int[] newDims = Arrays.stream(axes).map(axis -> dims[axis]).toArray();
    int[] newStrides = Arrays.stream(axes).map(axis -> strides[axis]).toArray();
    return new Strided(tensor, newDims, newStrides, offset);
  }

  /** The other way round along an axis. */
  Strided flipped(int axis) {
    int[] turned = strides.clone();
    turned[axis] = -strides[axis];
    return new Strided(tensor, dims, turned, offset + Math.max(0, dims[axis] - 1) * strides[axis]);
  }

  /** Every {@code step}-th of an axis, from {@code from} on, so many of them. */
  Strided sliced(int axis, int from, int count, int step) {
    int[] newDims = dims.clone();
    int[] newStrides = strides.clone();
    newDims[axis] = count;
    newStrides[axis] = strides[axis] * step;
    return new Strided(tensor, newDims, newStrides, offset + from * strides[axis]);
  }

  /** Repeated along axes of extent 1 and new first axes. */
  Strided broadcast(int... wanted) {
    int[] newStrides = new int[wanted.length];
    for (int i = 1; i <= wanted.length; i++) {
      int extent = i > dims.length ? 1 : dims[dims.length - i];
      if (extent != 1 && extent != wanted[wanted.length - i]) {
        throw new IllegalArgumentException(
            Arrays.toString(dims) + " does not broadcast to " + Arrays.toString(wanted));
      }
      newStrides[wanted.length - i] = extent == 1 ? 0 : strides[dims.length - i];
    }
    return new Strided(tensor, wanted, newStrides, offset);
  }

  /** The elements in this order. */
  Tensor copy() {
    Tensor copy = zeros(tensor.type(), dims);
    copyTo(of(copy));
    return copy;
  }

  /** Writes the elements over those of a view of the same extents and type. */
  void copyTo(Strided target) {
    if (!Arrays.equals(dims, target.dims) || tensor.type() != target.tensor.type()) {
      throw new IllegalArgumentException(
          "%s %s does not fit %s %s"
              .formatted(
                  tensor.type(),
                  Arrays.toString(dims),
                  target.tensor.type(),
                  Arrays.toString(target.dims)));
    }
    if (Arrays.stream(dims).allMatch(extent -> extent > 0)) {
      new Mover(tensor.bytes(), target.tensor.bytes(), tensor.type().bytes())
          .move(this, target, 0, offset, target.offset);
    }
  }

  private record Mover(ByteBuffer from, ByteBuffer to, int size) {
    void move(Strided source, Strided target, int axis, int at, int targetAt) {
      if (axis == source.dims.length) {
        line(1, at, 1, targetAt, 1);
        return;
      }
      int step = source.strides[axis];
      int targetStep = target.strides[axis];
      int count = source.dims[axis];
      if (axis < source.dims.length - 1) {
        for (int i = 0; i < count; i++) {
          move(source, target, axis + 1, at + i * step, targetAt + i * targetStep);
        }
      } else if (step == 1 && targetStep == 1) {
        to.put(targetAt * size, from, at * size, count * size);
      } else {
        line(count, at, step, targetAt, targetStep);
      }
    }

    /** A loop for each size, so that none asks for it at each element. */
    private void line(int count, int at, int step, int targetAt, int targetStep) {
      switch (size) {
        case 1 -> {
          for (int i = 0; i < count; i++) {
            to.put(targetAt + i * targetStep, from.get(at + i * step));
          }
        }
        case 2 -> {
          for (int i = 0; i < count; i++) {
            to.putShort(2 * (targetAt + i * targetStep), from.getShort(2 * (at + i * step)));
          }
        }
        case 4 -> {
          for (int i = 0; i < count; i++) {
            to.putInt(4 * (targetAt + i * targetStep), from.getInt(4 * (at + i * step)));
          }
        }
        default -> {
          for (int i = 0; i < count; i++) {
            to.putLong(8 * (targetAt + i * targetStep), from.getLong(8 * (at + i * step)));
          }
        }
      }
    }
  }
}
