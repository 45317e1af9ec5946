package io.clarinet.tensor;

/** Integer division that rounds up; {@code Math} has it from JDK 18 on. */
public final class Division {
  private Division() {}

  /** ⌈x / y⌉, for any signs, without overflow but of the smallest number by -1. */
  public static int ceilDiv(int x, int y) {
    int quotient = x / y;
    return (x ^ y) >= 0 && quotient * y != x ? quotient + 1 : quotient;
  }

  /** ⌈x / y⌉ of 64-bit numbers, as {@link #ceilDiv(int, int)}. */
  public static long ceilDiv(long x, long y) {
    long quotient = x / y;
    return (x ^ y) >= 0 && quotient * y != x ? quotient + 1 : quotient;
  }

  /**
   * The smallest multiple that is not below {@code x}.
   *
   * @throws ArithmeticException if it is no int
   */
  public static int roundUp(int x, int multiple) {
    return Math.multiplyExact(ceilDiv(x, multiple), multiple);
  }

  /**
   * The smallest multiple that is not below a 64-bit {@code x}.
   *
   * @throws ArithmeticException if it is no long
   */
  public static long roundUp(long x, long multiple) {
    return Math.multiplyExact(ceilDiv(x, multiple), multiple);
  }
}
