package io.clarinet.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Joins tensors along their first axis, and takes them apart again. */
public final class BatchAxis {
  private BatchAxis() {}

  /**
   * The tensors one after the other, then zeros.
   *
   * @param items in all, at least those of the tensors; these differ in their first extents only
   */
  public static Tensor join(List<Tensor> parts, int items) {
    Tensor first = parts.get(0);
    if (parts.size() == 1 && first.shape().n() == items) {
      return first;
    }
    Tensor joined = Tensor.zeros(first.type(), first.shape().with(0, items));
    fill(joined, parts);
    return joined;
  }

  /** Writes tensors one after the other into another, and zeros after them. */
  public static void fill(Tensor joined, List<Tensor> parts) {
    ByteBuffer bytes = joined.bytes();
    parts.forEach(part -> bytes.put(part.bytes()));
    while (bytes.remaining() >= Long.BYTES) {
      bytes.putLong(0);
    }
    while (bytes.hasRemaining()) {
      bytes.put((byte) 0);
    }
  }

  /** A view of some items of a tensor. */
  public static Tensor part(Tensor whole, int from, int items) {
    Shape shape = whole.shape().with(0, items);
    int item = whole.bytes().remaining() / whole.shape().n();
    ByteBuffer bytes = whole.bytes().slice(from * item, items * item);
    return Tensor.wrap(whole.type(), shape, bytes.order(ByteOrder.nativeOrder()));
  }
}
