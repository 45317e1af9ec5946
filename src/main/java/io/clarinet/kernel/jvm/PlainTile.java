package io.clarinet.kernel.jvm;

import java.util.Arrays;

/**
 * The tile in plain Java: for JVMs without the Vector API, and for blocks that are not as wide as
 * the machine's vectors. The compiler makes vector code only of loops whose arrays share one index,
 * so two rows of weights at a time are copied to arrays of their own, which all pixels read, two at
 * a time: JDK 17 makes no vector code of loops over six arrays.
 */
final class PlainTile implements RegisterTile {
  private static final int ROWS = 2;
  private final int block;
  private final int blocks;
  private final ThreadLocal<Rows> rows;

  /** A thread's own arrays: two rows of weights, and the sums of each pixel. */
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
      for (int c = 0; c < run; c += ROWS) {
        int count = Math.min(ROWS, run - c);
        copy(own.weights, w, wNext, count);
        add(own, x, xAt + step * xStep + c, xPixel, count);
        wNext += count * blocks * block;
      }
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

  /** Copies the weights of {@code count} terms; those of the others are zeros. */
  private static void copy(float[][] rows, float[] w, int wAt, int count) {
    for (int r = 0; r < ROWS; r++) {
      if (r < count) {
        System.arraycopy(w, wAt + r * rows[r].length, rows[r], 0, rows[r].length);
      } else {
        Arrays.fill(rows[r], 0);
      }
    }
  }

  /** Adds {@code count} terms to every pixel's sums. */
  private static void add(Rows own, float[] x, int xAt, int xPixel, int count) {
    for (int p = 0; p < PIXELS; p += 2) {
      int at = xAt + p * xPixel;
      float y0 = x[at];
      float y1 = count > 1 ? x[at + 1] : 0;
      float z0 = x[at + xPixel];
      float z1 = count > 1 ? x[at + xPixel + 1] : 0;
      add(own.sums[p], own.sums[p + 1], own.weights[0], own.weights[1], y0, y1, z0, z1);
    }
  }

  private static void add(
      float[] y, float[] z, float[] w0, float[] w1, float y0, float y1, float z0, float z1) {
    for (int i = 0; i < y.length; i++) {
      y[i] = y[i] + y0 * w0[i] + y1 * w1[i];
      z[i] = z[i] + z0 * w0[i] + z1 * w1[i];
    }
  }
}
