package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel.View;

/**
 * The middle step of a Winograd convolution: for each point the matrix product of transformed tiles
 * and weights, by {@link RegisterTile}s.
 *
 * @param inBlocks channel blocks of each sum
 * @param outBlocks channel blocks of all products
 */
record WinogradProduct(InnerLoops loops, WinogradPacking weights, int inBlocks, int outBlocks) {
  private static final int GROUP = WinogradTiles.GROUP;

  /** Terms of a chunk of the sums, whose weights all groups read while they are in the cache. */
  private static final int CHUNK_TERMS = 256;

  /** Groups, above which touching far weights before gained nothing. */
  private static final int MOST_FOR_TOUCH = 3;

  private static final float[] ZEROS = new float[64];

  /** Tiles of output blocks side by side. */
  int columns() {
    return ceilDiv(outBlocks, loops.widest());
  }

  /** First output block of one of {@code shares} shares of the columns, or behind the last. */
  int firstBlock(int share, int shares) {
    return Math.min(outBlocks, columns() * share / shares * loops.widest());
  }

  /** The register tile of the column that begins with output block {@code b}. */
  RegisterTile tile(int b) {
    return loops.tile(InnerLoops.widthAt(b, outBlocks, loops.widest()));
  }

  /**
   * Computes one point of one column.
   *
   * @param b first output block of the column
   * @param scratch transformed tiles and products
   * @param rows tiles of the image, in groups of which the last may not be whole
   * @param at the point's transformed tiles, group after group
   * @param to the point's products
   * @param groupStep floats from the products of one group to the next
   * @param areFar whether no thread has read these weights in this run
   */
  void multiply(
      int point,
      int b,
      View packed,
      int rows,
      float[] scratch,
      int at,
      int to,
      int groupStep,
      boolean areFar) {
    RegisterTile tile = tile(b);
    int block = loops.block();
    int chunk = Math.max(1, CHUNK_TERMS / block);
    int row = GROUP * block;
    float[] factors = packed.data();
    int w = packed.offset() + weights.start(b, tile.blocks(), point);
    int whole = rows / GROUP;
    int rest = rows % GROUP;
    boolean byShorter = loops.hasShorter(tile, rest);
    int groups = byShorter || rest == 0 ? whole : whole + 1;
    if (areFar && groups <= MOST_FOR_TOUCH) {
      scratch[to] = Touch.lines(factors, w, w + inBlocks * block * tile.blocks() * block);
    }
    for (int step = 0; step < inBlocks; step += chunk) {
      int steps = Math.min(chunk, inBlocks - step);
      for (int r = 0; byShorter && r < rest; ) {
        RegisterTile shorter = loops.shorter(rest - r);
        int x = at + (whole * inBlocks + step) * row + r * block;
        int y = to + whole * groupStep + r * block;
        multiply(shorter, step, scratch, x, factors, w, steps, y);
        r += shorter.pixels();
      }
      for (int g = 0; g < groups; g++) {
        int x = at + (g * inBlocks + step) * row;
        multiply(tile, step, scratch, x, factors, w, steps, to + g * groupStep);
      }
      w += steps * block * tile.blocks() * block;
    }
  }

  /** One tile's chunk of the sums, which begin with the first. */
  private void multiply(
      RegisterTile tile,
      int step,
      float[] scratch,
      int x,
      float[] factors,
      int w,
      int steps,
      int y) {
    int block = loops.block();
    int row = GROUP * block;
    if (step == 0) {
      tile.multiply(scratch, x, row, factors, w, steps, ZEROS, 0, 0, 0, scratch, y, row);
    } else {
      tile.multiply(scratch, x, row, factors, w, steps, scratch, y, block, row, scratch, y, row);
    }
  }
}
