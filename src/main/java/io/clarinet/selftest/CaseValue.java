package io.clarinet.selftest;

import io.clarinet.kernel.Layout;
import io.clarinet.plan.Place;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;

/**
 * A value's part of an arena, as bytes.
 *
 * @param place where it lies
 */
record CaseValue(Place place) {

  /** A region of a value at an offset into the arena of a number. */
  static CaseValue of(int arena, long byteOffset, Layout layout, ElementType type, Shape shape) {
    return new CaseValue(
        new Place(
            Place.Space.ARENA, arena, byteOffset, layout.batchStride(shape), layout, type, shape));
  }

  int begin() {
    return Math.toIntExact(place.byteOffset());
  }

  int end() {
    return Math.toIntExact(place.byteOffset() + place.extentBytes());
  }

  /** Writes a tensor in the region's layout, the unused lanes zero. */
  void put(Tensor tensor, ByteBuffer arena) {
    int bytes = place.type().bytes();
    for (int at = begin(); at < end(); at++) {
      arena.put(at, (byte) 0);
    }
    ByteBuffer from = tensor.bytes();
    for (int i = 0; i < place.shape().size(); i++) {
      int to = begin() + position(i) * bytes;
      for (int b = 0; b < bytes; b++) {
        arena.put(to + b, from.get(from.position() + i * bytes + b));
      }
    }
  }

  /** The value as a tensor. */
  Tensor get(ByteBuffer arena) {
    int bytes = place.type().bytes();
    Tensor tensor = Tensor.zeros(place.type(), place.shape());
    ByteBuffer to = tensor.bytes();
    for (int i = 0; i < place.shape().size(); i++) {
      int from = begin() + position(i) * bytes;
      for (int b = 0; b < bytes; b++) {
        to.put(i * bytes + b, arena.get(from + b));
      }
    }
    return tensor;
  }

  /** The place of element {@code i}, in elements. */
  private int position(int i) {
    Layout layout = place.layout();
    if (!layout.isBlocked()) {
      return i;
    }
    Shape shape = place.shape();
    int block = layout.block();
    int pixels = Math.toIntExact(shape.size(2, shape.rank()));
    int c = i / pixels % shape.c();
    int n = i / pixels / shape.c();
    return n * Math.toIntExact(place.batchStride())
        + (c / block * pixels + i % pixels) * block
        + c % block;
  }

  /** Whether all lanes beyond the last channel are zero. */
  boolean hasZeroLanes(ByteBuffer arena) {
    Shape shape = place.shape();
    Layout layout = place.layout();
    int used = layout.isBlocked() ? shape.c() % layout.block() : 0;
    if (used == 0) {
      return true;
    }
    int block = layout.block();
    int pixels = Math.toIntExact(shape.size(2, shape.rank()));
    int item = Math.toIntExact(place.batchStride());
    for (int n = 0; n < shape.n(); n++) {
      int last = n * item + pixels * block * (shape.c() / block);
      for (int i = 0; i < pixels * block; i++) {
        if (i % block >= used && arena.getFloat(begin() + 4 * (last + i)) != 0) {
          return false;
        }
      }
    }
    return true;
  }
}
