package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

/**
 * The division of a product into tasks: images, groups, runs of pixels, and ranges of output
 * blocks.
 *
 * @param allPixels of one image
 * @param tilesPerRun pixel tiles of one run
 * @param runs runs of pixels in an image
 * @param blocksPerRange output blocks of one range, a multiple of the widest tile
 * @param ranges ranges of output blocks in a group
 */
record TaskSplit(
    int images,
    int groups,
    int allPixels,
    int tilesPerRun,
    int runs,
    int blocksPerRange,
    int ranges) {
  /**
   * Enough for a thread that is held up to cost a share of its own. With 4, two threads that are
   * not held up waited for each other up to a tenth of a layer's time, by its tiles.
   */
  private static final int TASKS_PER_THREAD = 8;

  /** Tiles of a run between which weights stay in cache; no measurement is on record. */
  private static final int FEWEST_TILES = 8;

  /**
   * Enough tasks to keep all threads busy, with runs as long as that and {@code mostTiles} allow.
   */
  static TaskSplit of(
      int images, int groups, int pixels, int mostTiles, int outBlocks, int widest, int threads) {
    int tiles = ceilDiv(pixels, RegisterTile.PIXELS);
    int wanted = ceilDiv(TASKS_PER_THREAD * threads, images * groups);
    int busy = Math.max(ceilDiv(tiles, wanted), Math.min(FEWEST_TILES, tiles));
    int runs = ceilDiv(tiles, Math.min(mostTiles, busy));
    int columns = ceilDiv(outBlocks, widest);
    int columnsPerRange = ceilDiv(columns, Math.min(columns, ceilDiv(wanted, runs)));
    return new TaskSplit(
        images,
        groups,
        pixels,
        ceilDiv(tiles, runs),
        runs,
        columnsPerRange * widest,
        ceilDiv(columns, columnsPerRange));
  }

  int tasks() {
    return images * groups * runs * ranges;
  }

  int image(int task) {
    return task / ranges / runs / groups;
  }

  int group(int task) {
    return task / ranges / runs % groups;
  }

  int firstPixel(int task) {
    return task / ranges % runs * tilesPerRun * RegisterTile.PIXELS;
  }

  /** Pixels of a task; none if the runs before it cover all. */
  int pixels(int task) {
    return Math.max(0, Math.min(tilesPerRun * RegisterTile.PIXELS, allPixels - firstPixel(task)));
  }

  int firstBlock(int task) {
    return task % ranges * blocksPerRange;
  }

  int endBlock(int task, int outBlocks) {
    return Math.min(outBlocks, firstBlock(task) + blocksPerRange);
  }
}
