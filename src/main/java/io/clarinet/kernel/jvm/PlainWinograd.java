package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Own;
import org.jspecify.annotations.Nullable;

/**
 * The transforms in plain Java, line by line of whole tiles. Lines are copied to arrays of their
 * own and combined by short loops, because the compiler makes vector code only of loops whose
 * arrays share one index, and JDK 17 only of short ones.
 */
final class PlainWinograd implements WinogradTransform {
  private final int m;
  private final int n;
  private final int block;
  private final Own<Lines> own;

  /** A thread's own lines of n blocks: those to be transformed, and what becomes of them. */
  private record Lines(float[][] from, float[][] to) {}

  PlainWinograd(int m, int block) {
    this.m = m;
    this.n = m + 2;
    this.block = block;
    this.own = new Own<>(() -> new Lines(new float[n][n * block], new float[n][n * block]));
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
    Lines lines = own.get();
    for (int i = 0; i < n; i++) {
      System.arraycopy(x, at + i * rowStep, lines.from[i], 0, n * block);
    }
    input(lines.from, lines.to);
    transpose(lines.to, n, n, lines.from);
    input(lines.from, lines.to);
    for (int k = 0; k < n * n; k++) {
      System.arraycopy(lines.to[k % n], k / n * block, v, to + k * pointStep, block);
    }
  }

  /** Blocks of {@code rows} lines of {@code columns} blocks, as lines of columns. */
  private void transpose(float[][] from, int rows, int columns, float[][] to) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        System.arraycopy(from[i], j * block, to[j], i * block, block);
      }
    }
  }

  /** B^T across lines, see {@code opencl/include/winograd_points.clh}. */
  private void input(float[][] d, float[][] y) {
    if (m == 2) {
      subtract(d[2], d[0], y[0]);
      add(d[2], d[1], y[1]);
      subtract(d[2], d[1], y[2]);
      subtract(d[3], d[1], y[3]);
    } else {
      last(d[0], d[2], d[4], y[0]);
      pair(d[1], d[2], d[3], d[4], 2.25f, 0.625f, y[1], y[2]);
      pair(d[1], d[2], d[3], d[4], 0.390625f, 1.5f, y[3], y[4]);
      last(d[1], d[3], d[5], y[5]);
    }
  }

  private static void last(float[] a, float[] b, float[] c, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = 0.87890625f * a[i] + (c[i] - 2.640625f * b[i]);
    }
  }

  /** The points p and -p, of which {@code other} is the square of the other pair's. */
  private static void pair(
      float[] d1, float[] d2, float[] d3, float[] d4, float other, float p, float[] y, float[] z) {
    for (int i = 0; i < y.length; i++) {
      float even = d4[i] - other * d2[i];
      float odd = p * (d3[i] - other * d1[i]);
      y[i] = even + odd;
      z[i] = even - odd;
    }
  }

  private static void add(float[] a, float[] b, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = a[i] + b[i];
    }
  }

  private static void subtract(float[] a, float[] b, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = a[i] - b[i];
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
    Lines lines = own.get();
    for (int k = 0; k < n * n; k++) {
      System.arraycopy(p, at + k * pointStep, lines.from[k / n], k % n * block, block);
    }
    output(lines.from, lines.to);
    transpose(lines.to, m, n, lines.from);
    output(lines.from, lines.to);
    transpose(lines.to, m, m, lines.from);
    float[] other = lines.to[0];
    for (int j = 0; j < m; j++) {
      System.arraycopy(bias, biasAt, other, j * block, block);
    }
    for (int i = 0; i < m; i++) {
      add(lines.from[i], other, lines.from[i]);
    }
    for (int i = 0; i < m; i++) {
      if (residual != null) {
        System.arraycopy(residual, residualAt + i * rowStep, other, 0, m * block);
        add(lines.from[i], other, lines.from[i]);
      }
      PlainLanes.clamp(lines.from[i], m * block, lo, hi);
      System.arraycopy(lines.from[i], 0, y, to + i * rowStep, m * block);
    }
  }

  /** A^T across lines, into the first m. */
  private void output(float[][] p, float[][] y) {
    if (m == 2) {
      add(p[1], p[2], y[0]);
      add(p[0], y[0], y[0]);
      subtract(p[1], p[2], y[1]);
      add(p[3], y[1], y[1]);
    } else {
      sums(p[1], p[2], p[3], p[4], 1, 1, y[0]);
      add(p[0], y[0], y[0]);
      differences(p[1], p[2], p[3], p[4], 0.625f, 1.5f, y[1]);
      sums(p[1], p[2], p[3], p[4], 0.390625f, 2.25f, y[2]);
      differences(p[1], p[2], p[3], p[4], 0.625f * 0.390625f, 3.375f, y[3]);
      add(p[5], y[3], y[3]);
    }
  }

  private static void sums(
      float[] a, float[] b, float[] c, float[] d, float p, float q, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = p * (a[i] + b[i]) + q * (c[i] + d[i]);
    }
  }

  private static void differences(
      float[] a, float[] b, float[] c, float[] d, float p, float q, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = p * (a[i] - b[i]) + q * (c[i] - d[i]);
    }
  }
}
