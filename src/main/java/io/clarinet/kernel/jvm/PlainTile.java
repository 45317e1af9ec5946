package io.clarinet.kernel.jvm;

import java.util.Arrays;

/**
 * The tile in plain Java: for JVMs without the Vector API, and for blocks that are not as wide as
 * the machine's vectors. The compiler makes vector code only of loops whose arrays share one index,
 * so four rows of weights at a time are copied to arrays of their own, which all pixels read.
 */
final class PlainTile implements RegisterTile {
  private static final int ROWS = 4;
  private final int block;
  private final int blocks;
  private final ThreadLocal<Rows> rows;

  /** A thread's own arrays: four rows of weights, and the sums of each pixel. */
  private record Rows(float[][] weights, float[][] sums) {}

  PlainTile(int block, int blocks) {
    this.block = block;
    this.blocks = blocks;
    int width = block * blocks;
    rows =
        ThreadLocal.withInitial(() -> new Rows(new float[ROWS][width], new float[PIXELS][width]));
  }

  @Override
  public int blocks() {
    return blocks;
  }

  @Override
  public void multiply(
      float[] x,
      int xAt,
      int xStep,
      float[] w,
      int wAt,
      int steps,
      float[] from,
      int fromAt,
      int fromPixel,
      int fromBlock,
      float[] y,
      int yAt,
      int yBlock) {
    Rows own = rows.get();
    for (float[] sums : own.sums) {
      Arrays.fill(sums, 0);
    }
    for (int k = 0; k < steps * block; k += ROWS) {
      add(own, x, xAt + k / block * xStep + k % block, w, wAt + k * blocks * block);
    }
    for (int b = 0; b < blocks; b++) {
      for (int p = 0; p < PIXELS; p++) {
        int source = fromAt + b * fromBlock + p * fromPixel;
        int to = yAt + b * yBlock + p * block;
        for (int i = 0; i < block; i++) {
          y[to + i] = from[source + i] + own.sums[p][b * block + i];
        }
      }
    }
  }

  /** Adds four input channels to every pixel's sums. */
  private void add(Rows own, float[] x, int xAt, float[] w, int wAt) {
    int width = blocks * block;
    for (int r = 0; r < ROWS; r++) {
      System.arraycopy(w, wAt + r * width, own.weights[r], 0, width);
    }
    for (int p = 0; p < PIXELS; p++) {
      int at = xAt + p * block;
      add(own.sums[p], own.weights, x[at], x[at + 1], x[at + 2], x[at + 3]);
    }
  }

  private static void add(float[] sums, float[][] w, float x0, float x1, float x2, float x3) {
    float[] w0 = w[0];
    float[] w1 = w[1];
    float[] w2 = w[2];
    float[] w3 = w[3];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sums[i] + x0 * w0[i] + x1 * w1[i] + x2 * w2[i] + x3 * w3[i];
    }
  }
}
