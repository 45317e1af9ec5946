package io.clarinet.kernel.jvm;

/**
 * The innermost loop of convolution and dense layers: six pixels times a few blocks of output
 * channels, all sums held in registers.
 */
interface RegisterTile {

  /** Pixels that one call computes. */
  int PIXELS = 6;

  /** Output channel blocks that one call computes. */
  int blocks();

  /**
   * y[b][p] = from[b][p] + Σ x[s][p][c] · w[s][c][b], over {@code steps} input blocks s and their
   * lanes c, which are summed by themselves; from, w and y hold whole blocks. Blocks of y's pixels
   * follow each other.
   *
   * @param xStep elements between input blocks
   * @param fromPixel elements between the pixels of {@code from}; 0 for a bias
   * @param fromBlock elements between the blocks of {@code from}
   * @param yBlock elements between the blocks of y
   */
  void multiply(
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
      int yBlock);
}
