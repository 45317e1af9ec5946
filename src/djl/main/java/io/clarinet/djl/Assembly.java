package io.clarinet.djl;

import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tensors put together of parts of others. */
final class Assembly {
  private Assembly() {}

  /** One after the other along an axis. */
  static Tensor joined(List<Tensor> parts, int axis) {
    int[] dims = parts.get(0).shape().dims();
    dims[axis] = parts.stream().mapToInt(part -> part.shape().dim(axis)).sum();
    Tensor whole = Strided.zeros(parts.get(0).type(), dims);
    int from = 0;
    for (Tensor part : parts) {
      int count = part.shape().dim(axis);
      Strided.of(part).copyTo(Strided.of(whole).sliced(axis, from, count, 1));
      from += count;
    }
    return whole;
  }

  static Tensor tiled(Tensor tensor, int axis, int times) {
    return joined(IntStream.range(0, times).mapToObj(i -> tensor).toList(), axis);
  }

  /**
   * @param around elements before and after, from the last axis on
   */
  static Tensor padded(Tensor tensor, long[] around, double value) {
    int[] dims = tensor.shape().dims();
    int[] wide = dims.clone();
    for (int i = 0; i < around.length; i++) {
      wide[dims.length - 1 - i / 2] += Math.toIntExact(around[i]);
    }
    Tensor scalar = Strided.zeros(tensor.type());
    scalar.set(0, value);
    Tensor result = Strided.of(scalar).broadcast(wide).copy();
    Strided middle = Strided.of(result);
    for (int i = 0; i < around.length; i += 2) {
      int axis = dims.length - 1 - i / 2;
      middle = middle.sliced(axis, Math.toIntExact(around[i]), dims[axis], 1);
    }
    Strided.of(tensor).copyTo(middle);
    return result;
  }

  static Tensor masked(Tensor tensor, Tensor mask, int axis) {
    int[] dims = tensor.shape().dims();
    int[] over = mask.shape().dims();
    if (over.length + axis > dims.length
        || !Arrays.equals(over, Arrays.copyOfRange(dims, axis, axis + over.length))) {
      throw new IllegalArgumentException(
          "a mask of " + mask.shape() + " for axis " + axis + " of " + tensor.shape());
    }
    int[] chosen =
        IntStream.range(0, Math.toIntExact(mask.shape().size()))
            .filter(i -> mask.doubleAt(i) != 0)
            .toArray();
    return taken(merged(tensor, axis, over.length), axis, chosen);
  }

  /** Neighbouring axes as one. */
  private static Tensor merged(Tensor tensor, int axis, int count) {
    int[] dims = tensor.shape().dims();
    int[] fewer = new int[dims.length - count + 1];
    for (int i = 0; i < fewer.length; i++) {
      fewer[i] = i <= axis ? dims[i] : dims[i + count - 1];
    }
    for (int i = 1; i < count; i++) {
      fewer[axis] *= dims[axis + i];
    }
    return tensor.reshaped(io.clarinet.tensor.Shape.of(fewer));
  }

  /** The items at some indices of an axis, in their order. */
  static Tensor taken(Tensor tensor, int axis, int[] indices) {
    int[] dims = tensor.shape().dims();
    dims[axis] = indices.length;
    Tensor result = Strided.zeros(tensor.type(), dims);
    for (int i = 0; i < indices.length; i++) {
      Strided.of(tensor)
          .sliced(axis, indices[i], 1, 1)
          .copyTo(Strided.of(result).sliced(axis, i, 1, 1));
    }
    return result;
  }
}
