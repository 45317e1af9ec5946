package io.clarinet.kernel.jvm;

/**
 * The innermost loop of convolutions in groups: {@link #PIXELS} pixels of one block of output
 * channels over a {@link GroupStrip}, all sums held in registers.
 */
interface GroupTile {

  /** Pixels of a call: fewer sums would wait for each other. */
  int PIXELS = 8;

  /**
   * y[p] = from[p] + Σ x[s][p][r] · w[s][r] over some steps s, each of {@code run} terms r, which
   * are summed by themselves. A term of x is either a block, each lane of which is multiplied by
   * its own weight, or a single element for all lanes, as the tile was made for.
   *
   * @param places where each step's first term lies, counted from {@code xAt}
   * @param xPixel elements between pixels
   * @param firstStep first of the steps
   * @param endStep behind the last of them
   * @param wAt the first step's weights
   * @param wStep elements between the weights of two steps
   * @param fromPixel elements between the pixels of {@code from}; 0 for a bias
   * @param y gets blocks that follow each other
   */
  void multiply(
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
      int yAt);
}
