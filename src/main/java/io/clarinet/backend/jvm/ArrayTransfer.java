package io.clarinet.backend.jvm;

import io.clarinet.plan.Place;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Copies between plain host tensors and places in arrays of floats. Elements of other types lie
 * there as their bits.
 */
final class ArrayTransfer {
  private ArrayTransfer() {}

  /** Stores a tensor at its place. */
  static void store(Tensor from, float[] array, Place to) {
    int at = start(to);
    if (to.type() != ElementType.FLOAT32) {
      storeBits(from.bytes(), array, at);
      return;
    }
    FloatBuffer source = from.floats();
    int item = item(to);
    for (int n = 0; n < batch(to); n++) {
      source.get(n * item, array, at + n * (int) to.batchStride(), item);
    }
  }

  /** Fetches a tensor from its place. */
  static void fetch(float[] array, Place from, Tensor to) {
    int at = start(from);
    if (from.type() != ElementType.FLOAT32) {
      fetchBits(array, at, to.bytes());
      return;
    }
    FloatBuffer target = to.floats();
    int item = item(from);
    for (int n = 0; n < batch(from); n++) {
      target.put(n * item, array, at + n * (int) from.batchStride(), item);
    }
  }

  /** Index of a place's first element. */
  static int start(Place place) {
    return Math.toIntExact(place.byteOffset() / Float.BYTES);
  }

  /** Copies bytes into floats; the last float may be filled in part. */
  static void storeBits(ByteBuffer from, float[] array, int at) {
    int whole = from.remaining() / Float.BYTES;
    from.asFloatBuffer().get(0, array, at, whole);
    int tail = from.remaining() - whole * Float.BYTES;
    if (tail > 0) {
      ByteBuffer last = ByteBuffer.allocate(Float.BYTES).order(from.order());
      for (int i = 0; i < tail; i++) {
        last.put(i, from.get(from.position() + whole * Float.BYTES + i));
      }
      array[at + whole] = last.getFloat(0);
    }
  }

  private static void fetchBits(float[] array, int at, ByteBuffer to) {
    int whole = to.remaining() / Float.BYTES;
    to.asFloatBuffer().put(0, array, at, whole);
    int tail = to.remaining() - whole * Float.BYTES;
    if (tail > 0) {
      ByteBuffer last = ByteBuffer.allocate(Float.BYTES).order(to.order());
      last.putFloat(0, array[at + whole]);
      for (int i = 0; i < tail; i++) {
        to.put(whole * Float.BYTES + i, last.get(i));
      }
    }
  }

  private static int batch(Place place) {
    return place.isDense() ? 1 : place.shape().n();
  }

  private static int item(Place place) {
    return Math.toIntExact(
        place.isDense() ? place.shape().size() : place.layout().batchStride(place.shape()));
  }
}
