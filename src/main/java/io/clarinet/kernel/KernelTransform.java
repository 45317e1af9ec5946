package io.clarinet.kernel;

import java.nio.FloatBuffer;

/**
 * Carries the 3×3 kernels of one input channel and some output channels, side by side, to the
 * points of {@link MinimalFiltering}. For one thread.
 */
public final class KernelTransform {
  /** Elements of a kernel. */
  public static final int TAPS = 9;

  private final int n;
  private final float[][] transform;
  private final float[] kernel = new float[TAPS];
  private final float[][] taps;
  private final float[][] half;
  private final float[][] points;

  /**
   * @param width output channels side by side
   */
  public KernelTransform(MinimalFiltering filtering, int width) {
    n = filtering.n();
    transform = filtering.kernelTransform();
    taps = new float[TAPS][width];
    half = new float[n * 3][width];
    points = new float[n * n][width];
  }

  /**
   * The kernels at each point, G g G^T; overwritten by the next call.
   *
   * @param at the first channel's kernel in {@code from}
   * @param step elements between the channels' kernels
   * @param count channels, at most the width; zeros stand for the others
   */
  public float[][] points(FloatBuffer from, int at, int step, int count) {
    read(from, at, step, count);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        combine(half[i * 3 + j], transform[i], taps[j], taps[3 + j], taps[6 + j]);
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        combine(points[i * n + j], transform[j], half[i * 3], half[i * 3 + 1], half[i * 3 + 2]);
      }
    }
    return points;
  }

  private void read(FloatBuffer from, int at, int step, int count) {
    for (int lane = 0; lane < taps[0].length; lane++) {
      if (lane < count) {
        from.get(at + lane * step, kernel);
      }
      for (int tap = 0; tap < TAPS; tap++) {
        taps[tap][lane] = lane < count ? kernel[tap] : 0;
      }
    }
  }

  private static void combine(float[] sum, float[] factors, float[] a, float[] b, float[] c) {
    float fa = factors[0];
    float fb = factors[1];
    float fc = factors[2];
    for (int lane = 0; lane < sum.length; lane++) {
      sum[lane] = fa * a[lane] + fb * b[lane] + fc * c[lane];
    }
  }
}
