package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel.Arguments;

/**
 * Pixels × output channels by {@link RegisterTile}s: sums are cut into chunks of steps, so that a
 * chunk's panels and weights stay in the cache while every combination of them is computed.
 *
 * @param chunkUnits units of a chunk
 * @param split its tasks
 */
record TiledProduct(
    InnerLoops loops, Panels panels, int outBlocks, int chunkUnits, TaskSplit split) {
  /**
   * Terms of a chunk: 128 kB of weights for the widest tile of 64 channels. ResNet-50's layers took
   * 4 to 10 % less of a Zen 5's time than with 256, and 2 to 8 % more with 128 than with 256.
   */
  private static final int CHUNK_TERMS = 512;

  /** Panels that with those weights fill half of {@link JvmProfile}'s 512 kB. */
  private static final int PANEL_FLOATS = 48 * 1024;

  /** Tiles of a run where panels are small; no measurement of it is on record. */
  private static final int MOST_TILES = 64;

  /** Pixels from which weights that are read for the first time are touched before. */
  private static final int FEWEST_FOR_TOUCH = 2 * RegisterTile.PIXELS;

  /** What it takes to gather inputs, in times of reading them. */
  private static final int GATHERING = 3;

  /** A product whose chunks suit usual caches and whose tasks keep all threads busy. */
  static TiledProduct of(
      InnerLoops loops,
      Panels panels,
      int images,
      int groups,
      int pixels,
      int outBlocks,
      DeviceProfile device) {
    int unitTerms = panels.stepsPerUnit() * loops.block();
    int chunks = Math.max(1, Math.round((float) panels.units() * unitTerms / CHUNK_TERMS));
    int chunk = ceilDiv(panels.units(), Math.min(chunks, panels.units()));
    int tiles = PANEL_FLOATS / (chunk * unitTerms * RegisterTile.PIXELS);
    double terms = (double) panels.units() * unitTerms;
    ProductSize size =
        new ProductSize(
            images,
            groups,
            pixels,
            Math.max(1, Math.min(tiles, MOST_TILES)),
            ceilDiv(outBlocks, loops.widest()),
            loops.widest(),
            4 * terms * outBlocks * loops.block(),
            4 * terms * pixels * (panels.place(0) < 0 ? GATHERING : 1),
            2 * terms * images * groups * pixels * outBlocks * loops.block());
    return new TiledProduct(loops, panels, outBlocks, chunk, size.split(device));
  }

  /** Floats that one thread needs beside the operands. */
  int scratchFloats() {
    return split.tilesPerRun() * panelFloats()
        + loops.widest() * RegisterTile.PIXELS * loops.block();
  }

  private int panelFloats() {
    return chunkUnits * panels.stepsPerUnit() * RegisterTile.PIXELS * loops.block();
  }

  private int steps() {
    return panels.units() * panels.stepsPerUnit();
  }

  /**
   * Computes one task of the split. Packed constants: weights by {@link TilePacking}, then a bias
   * for every output channel of whole blocks.
   *
   * @param a of the step; its first input holds x, from {@code xAt} for the task's image and group
   * @param y gets the sums, from {@code yAt} for the task's image and group
   * @param yBlock elements between y's blocks
   * @param scratch {@link #scratchFloats()} from {@code scratchAt}
   */
  void run(
      Arguments a,
      int task,
      int xAt,
      float[] y,
      int yAt,
      int yBlock,
      float[] scratch,
      int scratchAt) {
    int pixels = split.pixels(task);
    for (int unit = 0; unit < panels.units(); unit += chunkUnits) {
      int units = Math.min(chunkUnits, panels.units() - unit);
      for (int p = 0; p < pixels; p += RegisterTile.PIXELS) {
        if (place(task, p) < 0) {
          panels.pack(
              a.input(0),
              xAt,
              split.firstPixel(task) + p,
              Math.min(RegisterTile.PIXELS, pixels - p),
              unit,
              units,
              scratch,
              scratchAt + p / RegisterTile.PIXELS * panelFloats());
        }
      }
      int end = split.endBlock(task, outBlocks);
      for (int b = split.firstBlock(task); b < end; ) {
        RegisterTile tile = loops.tile(InnerLoops.widthAt(b, outBlocks, loops.widest()));
        int to = yAt + b * yBlock + split.firstPixel(task) * loops.block();
        column(a, task, xAt, tile, b, unit, units, y, to, yBlock, scratch, scratchAt);
        b += tile.blocks();
      }
    }
  }

  /** Where the tile at pixel {@code p} of a task is read in place, or -1. */
  private int place(int task, int p) {
    boolean whole = p + RegisterTile.PIXELS <= split.pixels(task);
    return whole ? panels.place(split.firstPixel(task) + p) : -1;
  }

  /** All pixels of a task under one tile's output blocks, for one chunk of the sums. */
  private void column(
      Arguments a,
      int task,
      int xAt,
      RegisterTile tile,
      int b,
      int unit,
      int units,
      float[] y,
      int yAt,
      int yBlock,
      float[] scratch,
      int scratchAt) {
    int block = loops.block();
    int group = split.group(task);
    int steps = units * panels.stepsPerUnit();
    float[] w = a.packed(0).data();
    int wAt =
        a.packed(0).offset()
            + TilePacking.start(group, outBlocks, b, steps(), block)
            + unit * panels.stepsPerUnit() * block * tile.blocks() * block;
    float[] from = unit == 0 ? a.packed(1).data() : y;
    int fromAt = unit == 0 ? a.packed(1).offset() + (group * outBlocks + b) * block : yAt;
    int fromPixel = unit == 0 ? 0 : block;
    int fromBlock = unit == 0 ? block : yBlock;
    int step = RegisterTile.PIXELS * block;
    int pixels = split.pixels(task);
    int rest = pixels % RegisterTile.PIXELS;
    int whole = pixels - rest;
    int aside = scratchAt + split.tilesPerRun() * panelFloats();
    int restPanel = scratchAt + whole / RegisterTile.PIXELS * panelFloats();
    boolean byShorter = loops.hasShorter(tile, rest);
    boolean touches = byShorter && rest == 1;
    if (!touches && split.runs() == 1 && pixels > FEWEST_FOR_TOUCH) {
      scratch[aside] = Touch.lines(w, wAt, wAt + steps * block * tile.blocks() * block);
    }
    if (byShorter) {
      shorter(
          rest,
          restPanel,
          w,
          wAt,
          steps,
          from,
          fromAt + whole * fromPixel,
          fromPixel,
          fromBlock,
          scratch,
          y,
          yAt + whole * block,
          yBlock);
    }
    int panel = scratchAt;
    for (int p = 0; p < whole; p += RegisterTile.PIXELS) {
      int place = place(task, p);
      boolean inPlace = place >= 0;
      tile.multiply(
          inPlace ? a.input(0).data() : scratch,
          inPlace ? xAt + place + unit * panels.stepInPlace() : panel,
          inPlace ? panels.stepInPlace() : step,
          w,
          wAt,
          steps,
          from,
          fromAt + p * fromPixel,
          fromPixel,
          fromBlock,
          y,
          yAt + p * block,
          yBlock);
      panel += panelFloats();
    }
    if (rest > 0 && !byShorter) {
      int start = fromAt + whole * fromPixel;
      copy(tile, rest, from, start, fromPixel, fromBlock, scratch, aside, block, step);
      tile.multiply(
          scratch, panel, step, w, wAt, steps, scratch, aside, block, step, scratch, aside, step);
      copy(tile, rest, scratch, aside, block, step, y, yAt + whole * block, block, yBlock);
    }
  }

  /** The last pixels of a task by shorter tiles. They go first, while weights are far. */
  private void shorter(
      int pixels,
      int panel,
      float[] w,
      int wAt,
      int steps,
      float[] from,
      int fromAt,
      int fromPixel,
      int fromBlock,
      float[] scratch,
      float[] y,
      int yAt,
      int yBlock) {
    int block = loops.block();
    for (int p = 0; p < pixels; ) {
      RegisterTile tile = loops.shorter(pixels - p);
      tile.multiply(
          scratch,
          panel + p * block,
          RegisterTile.PIXELS * block,
          w,
          wAt,
          steps,
          from,
          fromAt + p * fromPixel,
          fromPixel,
          fromBlock,
          y,
          yAt + p * block,
          yBlock);
      p += tile.pixels();
    }
  }

  /** Copies some pixels of a tile's sums. */
  private void copy(
      RegisterTile tile,
      int pixels,
      float[] from,
      int fromAt,
      int fromPixel,
      int fromBlock,
      float[] to,
      int toAt,
      int toPixel,
      int toBlock) {
    for (int b = 0; b < tile.blocks(); b++) {
      for (int p = 0; p < pixels; p++) {
        loops
            .lanes()
            .copy(
                from, fromAt + b * fromBlock + p * fromPixel, to, toAt + b * toBlock + p * toPixel);
      }
    }
  }
}
