package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Own;
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
  private final Own<Rows> rows;

  /** A thread's own arrays: rows of weights, the sums of each pixel, the last terms of two. */
  private record Rows(float[][] weights, float[][] sums, float[] last) {}

  PlainTile(int block, int blocks, int pixels) {
    this.block = block;
    this.blocks = blocks;
    this.pixels = pixels;
    int width = block * blocks;
    rows =
        new Own<>(
            () ->
                new Rows(
                    FourTerms.rows(FourTerms.COUNT, width),
                    FourTerms.rows(pixels + 1, width),
                    new float[2 * FourTerms.COUNT]));
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
  private void copy(float[][] rows, float[] w, int wAt, int count) {
    int width = block * blocks;
    for (int r = 0; r < FourTerms.COUNT; r++) {
      if (r < count) {
        System.arraycopy(w, wAt + r * width, rows[r], 0, width);
      } else {
        Arrays.fill(rows[r], 0, width, 0);
      }
    }
  }

  /**
   * Adds {@code count} terms to the sums of two pixels at a time; the last may be its own other.
   */
  private void add(Rows own, float[] x, int xAt, int xPixel, int count) {
    int width = block * blocks;
    for (int p = 0; p < pixels; p += 2) {
      int at = xAt + p * xPixel;
      int other = p + 1 < pixels ? at + xPixel : at;
      float[] y = own.sums[p];
      float[] z = own.sums[p + 1];
      if (count == FourTerms.COUNT) {
        FourTerms.add(y, z, own.weights, 0, x, at, other, width);
      } else {
        Arrays.fill(own.last, 0);
        System.arraycopy(x, at, own.last, 0, count);
        System.arraycopy(x, other, own.last, FourTerms.COUNT, count);
        FourTerms.add(y, z, own.weights, 0, own.last, 0, FourTerms.COUNT, width);
      }
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
