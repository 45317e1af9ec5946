package io.clarinet.kernel.jvm;

/**
 * The innermost loop of convolution and dense layers: some pixels times a few blocks of output
 * channels, all sums held in registers. Some are made for runs of one block whose pixels follow
 * each other, and take no others: {@link InnerLoops#tile}.
 */
interface RegisterTile {

  /** Pixels that one call computes, but for the {@link InnerLoops#shorter} ones. */
  int PIXELS = 6;

  /** Pixels that one call computes. */
  default int pixels() {
    return PIXELS;
  }

  /** Output channel blocks that one call computes. */
  int blocks();

  /** Channels of a block. */
  int block();

  /**
   * y[b][p] = from[b][p] + Σ x[s][p][c] · w[s][c][b], over {@code steps} runs s of {@code run}
   * neighbours c, which are summed by themselves; from, w and y hold whole blocks. Blocks of y's
   * pixels follow each other.
   *
   * @param xStep elements between the runs of a pixel
   * @param xPixel elements between pixels
   * @param run terms of a run, at least 1
   * @param fromPixel elements between the pixels of {@code from}; 0 for a bias
   * @param fromBlock elements between the blocks of {@code from}
   * @param yBlock elements between the blocks of y
   */
  void multiply(
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
      int yBlock);

  /** The same with runs of one block, in which the pixels follow each other. */
  default void multiply(
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
    multiply(
        x, xAt, xStep, block(), block(), w, wAt, steps, from, fromAt, fromPixel, fromBlock, y, yAt,
        yBlock);
  }
}
