package io.clarinet.kernel.jvm;

/**
 * The innermost loop of all products in plain Java. The compiler makes vector code only of loops
 * whose arrays share one index, and JDK 17 of no more than eight arrays; up to a vector's floats
 * are computed one by one before and behind, so that long arrays are needed. Arrays whose lengths
 * are multiples of 4 kB would share cache sets.
 */
final class FourTerms {
  static final int COUNT = 4;

  private FourTerms() {}

  /** y += p · a + q · b + r · c + s · d over the first {@code n} elements. */
  static void add(
      float[] y,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float p,
      float q,
      float r,
      float s,
      int n) {
    for (int i = 0; i < n; i++) {
      float two = Fused.multiplyAdd(q, b[i], Fused.multiplyAdd(p, a[i], y[i]));
      y[i] = Fused.multiplyAdd(s, d[i], Fused.multiplyAdd(r, c[i], two));
    }
  }

  /**
   * The same for two sums at a time, which share what is read: y += Σ w[at + k] · x[first + k], and
   * z with weights from {@code zAt} on.
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
      y[i] = Fused.multiplyAdd(s, d[i], Fused.multiplyAdd(r, c[i], two));
      float other = Fused.multiplyAdd(u, b[i], Fused.multiplyAdd(t, a[i], z[i]));
      z[i] = Fused.multiplyAdd(w, d[i], Fused.multiplyAdd(v, c[i], other));
    }
  }
}
