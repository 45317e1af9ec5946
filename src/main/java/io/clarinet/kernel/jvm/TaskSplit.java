package io.clarinet.kernel.jvm;

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
