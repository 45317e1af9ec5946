package io.clarinet.kernel.jvm;

/** Elements of other sizes in an array of floats, where they lie in little-endian order. */
final class ElementBits {
  private ElementBits() {}

  /** An element of 8 or 16 bits, below others. */
  static int get(float[] array, int i, int size) {
    int each = Integer.SIZE / size;
    return Float.floatToRawIntBits(array[i / each]) >>> (i % each * size);
  }

  /** Stores an element of 8 or 16 bits, the lowest of {@code bits}. */
  static void put(float[] array, int i, int size, int bits) {
    int each = Integer.SIZE / size;
    int shift = i % each * size;
    int mask = ((1 << size) - 1) << shift;
    int others = Float.floatToRawIntBits(array[i / each]) & ~mask;
    array[i / each] = Float.intBitsToFloat(others | (bits << shift & mask));
  }

  /** An element of 64 bits. */
  static long get(float[] array, int i) {
    long low = Float.floatToRawIntBits(array[2 * i]) & 0xffffffffL;
    return low | (long) Float.floatToRawIntBits(array[2 * i + 1]) << Integer.SIZE;
  }

  /** Stores an element of 64 bits. */
  static void put(float[] array, int i, long bits) {
    array[2 * i] = Float.intBitsToFloat((int) bits);
    array[2 * i + 1] = Float.intBitsToFloat((int) (bits >>> Integer.SIZE));
  }
}
