package io.clarinet.kernel.opencl;

/**
 * A core as the predictions see it: two units that multiply and add one vector a cycle, of latency
 * 4, as in Zen 3 and later and in Intel's since Skylake. A vector is a channel block.
 */
final class CoreModel {

  /** Pixels of a full register tile: {@code TILE_PIXELS} of {@code conv_tile.clh}. */
  static final int TILE_PIXELS = 6;

  private static final int UNITS = 2;
  private static final int LATENCY = 4;

  /**
   * Cycles that a register tile takes to start, and per sum to load and store it: with these, 64
   * and 128 input channels reach the 85 and 92 % of the peak that {@code performance.md} lists.
   */
  private static final int TILE_START = 40;

  private static final int TILE_SUM = 4;

  private CoreModel() {}

  /** Float operations at the peak that take as long as so many cycles. */
  static double flops(double cycles, int block) {
    return cycles * (2 * UNITS) * block;
  }

  /**
   * Cycles of a register tile.
   *
   * @param terms of each sum
   * @param sums vectors of sums
   */
  static double tileCycles(double terms, double sums) {
    return terms * Math.max(sums / UNITS, LATENCY) + TILE_START + TILE_SUM * sums;
  }
}
