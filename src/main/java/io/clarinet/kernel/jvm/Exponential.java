package io.clarinet.kernel.jvm;

/** The exponential of {@code opencl/include/exponential.clh}, of one float. */
final class Exponential {
  /** 1.5 · 2²³ + 127: the lowest bits of a sum with it are the nearest exponent. */
  static final float BIASED = 12583039;

  static final float LOG2_E = 1.44269504f;
  static final int MANTISSA_BITS = 23;

  private Exponential() {}

  /** e^v; infinite from 88.4 on, 0 below -87.6, NaN of NaN. */
  static float of(float v) {
    float at = v < -88 ? -88 : v;
    at = at > 88.8f ? 88.8f : at;
    float whole = Fused.multiplyAdd(at, LOG2_E, BIASED);
    float f = Fused.multiplyAdd(at, LOG2_E, BIASED - whole);
    float power = Fused.multiplyAdd(1.32646586e-3f, f, 9.67156608e-3f);
    power = Fused.multiplyAdd(power, f, 5.55073433e-2f);
    power = Fused.multiplyAdd(power, f, 2.40222409e-1f);
    power = Fused.multiplyAdd(power, f, 6.93147004e-1f);
    power = Fused.multiplyAdd(power, f, 1);
    return power * Float.intBitsToFloat(Float.floatToRawIntBits(whole) << MANTISSA_BITS);
  }
}
