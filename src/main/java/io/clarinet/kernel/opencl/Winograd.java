package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.MinimalFiltering;

/**
 * {@link MinimalFiltering} F(m×m, 3×3) as {@code opencl/include/winograd.clh} does it, in its
 * register tiles.
 *
 * @param m 2 or 4
 * @param block channels in a block
 */
public record Winograd(int m, int block) {
  /** Output channel blocks of a register tile. */
  static final int BLOCKS = 2;

  MinimalFiltering filtering() {
    return new MinimalFiltering(m);
  }

  /** Products of a tile. */
  public int points() {
    return filtering().points();
  }

  /** Output channels of a panel of weights. */
  int width() {
    return BLOCKS * block;
  }

  /** Rows of the largest register tile. */
  int rows() {
    return block == 16 ? 13 : 6;
  }

  private int smallRows() {
    return block == 16 ? 8 : 3;
  }

  /** Tiles over the whole batch. */
  public int tiles(Conv2dShape shape) {
    return filtering().tiles(shape.n(), shape.oh(), shape.ow());
  }

  /** Register tiles that cover so many tiles. */
  int groups(int tiles) {
    return ceilDiv(tiles, rows());
  }

  /**
   * Rows of those register tiles: wide and narrow ones where that comes out even, else up to two
   * small ones after wide ones where that wastes less than narrow ones alone.
   */
  int rows(int tiles) {
    int n = groups(tiles);
    int best = Math.max(tiles, n * (rows() - 1));
    for (int small = 1; small <= Math.min(2, n); small++) {
      int rows = (n - small) * rows() + small * smallRows();
      best = rows >= tiles ? Math.min(best, rows) : best;
    }
    return best;
  }

  /** Floats of the transformed tiles' memory of so many rows; the products' with output blocks. */
  long transformedFloats(int rows, int channelBlocks) {
    return (long) points() * ((long) rows * channelBlocks + 1) * block;
  }
}
