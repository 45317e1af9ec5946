package io.clarinet.kernel.jvm;

import java.util.Arrays;

/**
 * The tile in plain Java: for JVMs without the Vector API, and for blocks that are not as wide as
 * the machine's vectors. Rows of weights are copied to arrays of their own for {@link FourTerms},
 * and serve all pixels.
 */
final class PlainTile implements RegisterTile {
  private final int block;
  private final int blocks;
  private final int pixels;
  private final ThreadLocal<Rows> rows;

  /** A thread's own arrays: rows of weights, and the sums of each pixel. */
  private record Rows(float[][] weights, float[][] sums) {}

  PlainTile(int block, int blocks, int pixels) {
    this.block = block;
    this.blocks = blocks;
    this.pixels = pixels;
    int width = block * blocks;
    rows =
        ThreadLocal.withInitial(
            () -> new Rows(new float[FourTerms.COUNT][width], new float[pixels][width]));
  }

  @Override
  public int pixels() {
    return pixels;
  }

  @Override
  public int blocks() {
    return blocks;
  }

  @Override
  public int block() {
    return block;
  }

  @Override
  public void multiply(
      float[] x,
      int xAt,
      int xStep,
      int xPixel,
      int run,
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
    int wNext = wAt;
    for (int step = 0; step < steps; step++) {
      for (int c = 0; c < run; c += FourTerms.COUNT) {
        int count = Math.min(FourTerms.COUNT, run - c);
        copy(own.weights, w, wNext, count);
        add(own, x, xAt + step * xStep + c, xPixel, count);
        wNext += count * blocks * block;
      }
    }
    for (int p = 0; p < pixels; p++) {
      write(own.sums[p], from, fromAt + p * fromPixel, fromBlock, y, yAt + p * block, yBlock);
    }
  }

  /** Copies the weights of {@code count} terms; those of the others are zeros. */
  private static void copy(float[][] rows, float[] w, int wAt, int count) {
    for (int r = 0; r < FourTerms.COUNT; r++) {
      if (r < count) {
        System.arraycopy(w, wAt + r * rows[r].length, rows[r], 0, rows[r].length);
      } else {
        Arrays.fill(rows[r], 0);
      }
    }
  }

  /** Adds {@code count} terms to every pixel's sums. */
  private void add(Rows own, float[] x, int xAt, int xPixel, int count) {
    float[][] w = own.weights;
    for (int p = 0; p < pixels; p++) {
      int at = xAt + p * xPixel;
      float second = count > 1 ? x[at + 1] : 0;
      float third = count > 2 ? x[at + 2] : 0;
      float fourth = count > 3 ? x[at + 3] : 0;
      int n = block * blocks;
      FourTerms.add(own.sums[p], w[0], w[1], w[2], w[3], x[at], second, third, fourth, n);
    }
  }

  private void write(
      float[] sums, float[] from, int fromAt, int fromBlock, float[] y, int yAt, int yBlock) {
    for (int b = 0; b < blocks; b++) {
      for (int i = 0; i < block; i++) {
        y[yAt + b * yBlock + i] = from[fromAt + b * fromBlock + i] + sums[b * block + i];
      }
    }
  }
}
