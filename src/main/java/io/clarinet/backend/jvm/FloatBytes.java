package io.clarinet.backend.jvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes in an array of floats, four to a float in native order: elements of other types. */
final class FloatBytes {
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private FloatBytes() {}

  /**
   * Copies all that remains of a buffer into an array.
   *
   * @param at the first byte in the array
   */
  static void put(ByteBuffer from, float[] array, long at) {
    ByteBuffer bytes = from.slice().order(ByteOrder.nativeOrder());
    int head = head(bytes, at);
    int floats = (bytes.limit() - head) / Float.BYTES;
    int tail = head + floats * Float.BYTES;
    putEach(bytes, 0, head, array, at);
    bytes.position(head).asFloatBuffer().get(0, array, index(at + head), floats);
    putEach(bytes, tail, bytes.limit(), array, at);
  }

  /**
   * Fills all that remains of a buffer from an array.
   *
   * @param at the first byte in the array
   */
  static void get(float[] array, long at, ByteBuffer to) {
    ByteBuffer bytes = to.slice().order(ByteOrder.nativeOrder());
    int head = head(bytes, at);
    int floats = (bytes.limit() - head) / Float.BYTES;
    int tail = head + floats * Float.BYTES;
    getEach(array, at, bytes, 0, head);
    bytes.position(head).asFloatBuffer().put(0, array, index(at + head), floats);
    getEach(array, at, bytes, tail, bytes.limit());
  }

  /** Bytes before the first that begins a float of the array. */
  private static int head(ByteBuffer bytes, long at) {
    return (int) Math.min(bytes.limit(), -at & (Float.BYTES - 1));
  }

  private static int index(long at) {
    return Math.toIntExact(at / Float.BYTES);
  }

  private static void putEach(ByteBuffer bytes, int from, int to, float[] array, long at) {
    for (int i = from; i < to; i++) {
      int index = index(at + i);
      int rest = Float.floatToRawIntBits(array[index]) & ~(0xff << shift(at + i));
      array[index] = Float.intBitsToFloat(rest | (bytes.get(i) & 0xff) << shift(at + i));
    }
  }

  private static void getEach(float[] array, long at, ByteBuffer bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      bytes.put(i, (byte) (Float.floatToRawIntBits(array[index(at + i)]) >> shift(at + i)));
    }
  }

  /** Shift of a byte within its float's bits. */
  private static int shift(long at) {
    int place = (int) (at & (Float.BYTES - 1));
    return Byte.SIZE * (LITTLE ? place : Float.BYTES - 1 - place);
  }
}
