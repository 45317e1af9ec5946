package io.clarinet.tensor;

/** Conversions of the 16-bit float formats: IEEE 754 binary16 and bfloat16. */
public final class HalfFloat {
  private HalfFloat() {}

  /** The value of a binary16 bit pattern; NaN stays NaN. */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 31) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
    }
    if (exponent == 0) {
      float value = fraction * 0x1p-24f;
      return sign == 0 ? value : -value;
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
  }

  /** The nearest binary16 bit pattern, ties to even; overflow becomes infinity. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520f) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x1p-14f) {
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24f));
    }
    int rebased = (bits & 0x7fffffff) - (112 << 23);
    int rounded = rebased + 0xfff + ((rebased >>> 13) & 1);
    return (short) (sign | (rounded >>> 13));
  }

  /**
   * The value as a float that rounds to the same half as the value itself: cut off, its last bit
   * set where that lost something.
   */
  static float toOdd(double value) {
    float near = (float) value;
    if (near == value || Double.isNaN(value)) {
      return near;
    }
    float cut = Math.abs((double) near) > Math.abs(value) ? Math.nextAfter(near, 0) : near;
    return Float.intBitsToFloat(Float.floatToRawIntBits(cut) | 1);
  }

  /** The value of a bfloat16 bit pattern. */
  public static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The nearest bfloat16 bit pattern, ties to even. */
  public static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
