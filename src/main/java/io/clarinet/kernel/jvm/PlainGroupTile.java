package io.clarinet.kernel.jvm;

/**
 * A {@link GroupTile} in plain Java, a channel at a time; its eight sums are in registers.
 *
 * @param single whether a term of x is one element for all lanes
 */
record PlainGroupTile(int block, boolean single) implements GroupTile {

  @Override
  public void multiply(
      float[] x,
      int xAt,
      int[] places,
      int xPixel,
      int firstStep,
      int endStep,
      int run,
      float[] w,
      int wAt,
      int wStep,
      float[] from,
      int fromAt,
      int fromPixel,
      float[] y,
      int yAt) {
    int term = single ? 1 : block;
    for (int lane = 0; lane < block; lane++) {
      float a0 = 0;
      float a1 = 0;
      float a2 = 0;
      float a3 = 0;
      float a4 = 0;
      float a5 = 0;
      float a6 = 0;
      float a7 = 0;
      for (int s = firstStep; s < endStep; s++) {
        int at = xAt + places[s] + (single ? 0 : lane);
        int weights = wAt + (s - firstStep) * wStep + lane;
        for (int r = 0; r < run; r++) {
          float v = w[weights + r * block];
          a0 += v * x[at];
          a1 += v * x[at + xPixel];
          a2 += v * x[at + 2 * xPixel];
          a3 += v * x[at + 3 * xPixel];
          a4 += v * x[at + 4 * xPixel];
          a5 += v * x[at + 5 * xPixel];
          a6 += v * x[at + 6 * xPixel];
          a7 += v * x[at + 7 * xPixel];
          at += term;
        }
      }
      int f = fromAt + lane;
      int to = yAt + lane;
      y[to] = from[f] + a0;
      y[to + block] = from[f + fromPixel] + a1;
      y[to + 2 * block] = from[f + 2 * fromPixel] + a2;
      y[to + 3 * block] = from[f + 3 * fromPixel] + a3;
      y[to + 4 * block] = from[f + 4 * fromPixel] + a4;
      y[to + 5 * block] = from[f + 5 * fromPixel] + a5;
      y[to + 6 * block] = from[f + 6 * fromPixel] + a6;
      y[to + 7 * block] = from[f + 7 * fromPixel] + a7;
    }
  }
}
