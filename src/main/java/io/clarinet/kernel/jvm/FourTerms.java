package io.clarinet.kernel.jvm;

/**
 * The innermost loop of all products in plain Java. The compiler makes vector code only of loops
 * whose arrays share one index, and JDK 17 of no more than eight arrays; up to a vector's floats
 * are computed one by one before and behind, so that long arrays are needed.
 */
final class FourTerms {
  static final int COUNT = 4;

  /** Elements in whose time a loop begins and ends, by measurement. */
  static final int LOST = 100;

  /** Rate of the longest loops as a multiple of {@link PlainTile}'s, by measurement. */
  static final double GAIN = 1.6;

  /** Floats of a cache line, and those in whose place an array says what it is. */
  private static final int LINE = 16;

  private static final int HEADER = 4;

  private FourTerms() {}

  /**
   * Rows of at least so many floats. Made after each other they begin at one place of a cache line
   * each, so that past the first floats no vector crosses a line, and share no cache set.
   */
  static float[][] rows(int count, int floats) {
    int lines = (floats + HEADER + LINE - 1) / LINE | 1;
    return new float[count][lines * LINE - HEADER];
  }

  /**
   * Adds to two sums, which share what is read: y += Σ w[yAt + k] · x[first + k] over the first
   * {@code n} elements, and z with factors from {@code zAt} on. Factors of one sum stand before x
   * and those of the other behind it, and nothing is stored before the last load: else JDK 17 pairs
   * a product of one with one of the other, or loads all twice.
   */
  static void add(
      float[] y, float[] z, float[][] x, int first, float[] w, int yAt, int zAt, int n) {
    add(
        y,
        z,
        x[first],
        x[first + 1],
        x[first + 2],
        x[first + 3],
        w[yAt],
        w[yAt + 1],
        w[yAt + 2],
        w[yAt + 3],
        w[zAt],
        w[zAt + 1],
        w[zAt + 2],
        w[zAt + 3],
        n);
  }

  private static void add(
      float[] y,
      float[] z,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float p,
      float q,
      float r,
      float s,
      float t,
      float u,
      float v,
      float w,
      int n) {
    for (int i = 0; i < n; i++) {
      float two = Fused.multiplyAdd(q, b[i], Fused.multiplyAdd(p, a[i], y[i]));
      float four = Fused.multiplyAdd(s, d[i], Fused.multiplyAdd(r, c[i], two));
      float other = Fused.multiplyAdd(b[i], u, Fused.multiplyAdd(a[i], t, z[i]));
      z[i] = Fused.multiplyAdd(d[i], w, Fused.multiplyAdd(c[i], v, other));
      y[i] = four;
    }
  }
}
