package io.clarinet.kernel.jvm;

import org.jspecify.annotations.Nullable;

/**
 * The transforms in plain Java. Blocks are copied to arrays of their own, because the compiler
 * makes vector code only of loops whose arrays share one index.
 */
final class PlainWinograd implements WinogradTransform {
  private final int m;
  private final int n;
  private final int block;
  private final ThreadLocal<float[][]> places;

  PlainWinograd(int m, int block) {
    this.m = m;
    this.n = m + 2;
    this.block = block;
    this.places = ThreadLocal.withInitial(() -> new float[n * n][block]);
  }

  @Override
  public void input(
      float[] x,
      int at,
      int rowStep,
      float[] aside,
      int asideAt,
      float[] v,
      int to,
      int pointStep) {
    float[][] d = places.get();
    for (int k = 0; k < n * n; k++) {
      System.arraycopy(x, at + k / n * rowStep + k % n * block, d[k], 0, block);
    }
    for (int i = 0; i < n; i++) {
      inputLine(d, i * n, 1);
    }
    for (int j = 0; j < n; j++) {
      inputLine(d, j, n);
    }
    for (int k = 0; k < n * n; k++) {
      System.arraycopy(d[k], 0, v, to + k * pointStep, block);
    }
  }

  private void inputLine(float[][] d, int first, int step) {
    if (m == 2) {
      input2(d[first], d[first + step], d[first + 2 * step], d[first + 3 * step]);
    } else {
      input4(
          d[first],
          d[first + step],
          d[first + 2 * step],
          d[first + 3 * step],
          d[first + 4 * step],
          d[first + 5 * step]);
    }
  }

  private static void input2(float[] d0, float[] d1, float[] d2, float[] d3) {
    for (int i = 0; i < d0.length; i++) {
      float second = d1[i];
      float third = d2[i];
      d0[i] = third - d0[i];
      d1[i] = second + third;
      d2[i] = third - second;
      d3[i] = d3[i] - second;
    }
  }

  /** B^T along one line in place, see {@code opencl/include/winograd_points.clh}. */
  private static void input4(
      float[] d0, float[] d1, float[] d2, float[] d3, float[] d4, float[] d5) {
    for (int i = 0; i < d0.length; i++) {
      float even1 = d4[i] - 2.25f * d2[i];
      float odd1 = d3[i] - 2.25f * d1[i];
      float even2 = d4[i] - 0.390625f * d2[i];
      float odd2 = d3[i] - 0.390625f * d1[i];
      float first = 0.87890625f * d0[i] + (d4[i] - 2.640625f * d2[i]);
      float last = 0.87890625f * d1[i] + (d5[i] - 2.640625f * d3[i]);
      d0[i] = first;
      d1[i] = even1 + 0.625f * odd1;
      d2[i] = even1 - 0.625f * odd1;
      d3[i] = even2 + 1.5f * odd2;
      d4[i] = even2 - 1.5f * odd2;
      d5[i] = last;
    }
  }

  @Override
  public void output(
      float[] p,
      int at,
      int pointStep,
      float[] aside,
      int asideAt,
      float[] bias,
      int biasAt,
      float @Nullable [] residual,
      int residualAt,
      float[] y,
      int to,
      int rowStep,
      float lo,
      float hi) {
    float[][] d = places.get();
    for (int k = 0; k < n * n; k++) {
      System.arraycopy(p, at + k * pointStep, d[k], 0, block);
    }
    for (int j = 0; j < n; j++) {
      outputLine(d, j, n);
    }
    for (int i = 0; i < m; i++) {
      outputLine(d, i * n, 1);
      for (int j = 0; j < m; j++) {
        int within = i * rowStep + j * block;
        finish(d[i * n + j], bias, biasAt, residual, residualAt + within, y, to + within, lo, hi);
      }
    }
  }

  private void outputLine(float[][] p, int first, int step) {
    if (m == 2) {
      output2(p[first], p[first + step], p[first + 2 * step], p[first + 3 * step]);
    } else {
      output4(
          p[first],
          p[first + step],
          p[first + 2 * step],
          p[first + 3 * step],
          p[first + 4 * step],
          p[first + 5 * step]);
    }
  }

  private static void output2(float[] p0, float[] p1, float[] p2, float[] p3) {
    for (int i = 0; i < p0.length; i++) {
      p0[i] = p0[i] + p1[i] + p2[i];
      p1[i] = p1[i] - p2[i] + p3[i];
    }
  }

  /** A^T along one line in place, into its first four arrays. */
  private static void output4(
      float[] p0, float[] p1, float[] p2, float[] p3, float[] p4, float[] p5) {
    for (int i = 0; i < p0.length; i++) {
      float s1 = p1[i] + p2[i];
      float d1 = p1[i] - p2[i];
      float s2 = p3[i] + p4[i];
      float d2 = p3[i] - p4[i];
      p0[i] = p0[i] + s1 + s2;
      p1[i] = 0.625f * d1 + 1.5f * d2;
      p2[i] = 0.390625f * s1 + 2.25f * s2;
      p3[i] = p5[i] + 0.625f * 0.390625f * d1 + 3.375f * d2;
    }
  }

  private static void finish(
      float[] sums,
      float[] bias,
      int biasAt,
      float @Nullable [] residual,
      int residualAt,
      float[] y,
      int to,
      float lo,
      float hi) {
    for (int i = 0; i < sums.length; i++) {
      float v = sums[i] + bias[biasAt + i];
      y[to + i] = PlainLanes.clamp(residual == null ? v : v + residual[residualAt + i], lo, hi);
    }
  }
}
