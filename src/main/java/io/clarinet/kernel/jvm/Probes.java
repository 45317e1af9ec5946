package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Probe;

/** Work to be timed that shows the JVM's kernels at their best. */
public final class Probes {
  /** Input blocks of one product, whose operands stay in a core's first cache. */
  private static final int STEPS = 16;

  /** Products of a thread in one run, which at 200 GFLOPS take two milliseconds. */
  private static final int PRODUCTS = 2_000;

  /** Larger than most caches, within a small share of the heap. */
  private static final long MOST_BYTES = 128 << 20;

  private static final int SHARE_OF_HEAP = 8;

  /** Columns of the summed grid: a row is 4 kB of 512-bit vectors. */
  private static final int BLOCKS_A_ROW = 64;

  private Probes() {}

  /** Products of the widest tile, on each thread some thousand. */
  public static Probe arithmetic(int threads, int width) {
    InnerLoops loops = InnerLoops.best(width);
    RegisterTile tile = loops.tile(loops.widest());
    int block = loops.block();
    int depth = STEPS * block;
    float[] x = new float[RegisterTile.PIXELS * depth];
    float[] weights = new float[depth * tile.blocks() * block];
    int pixels = RegisterTile.PIXELS * block;
    return new Probe(
        all ->
            all.parallel(
                threads,
                thread -> {
                  float[] y = new float[pixels * tile.blocks()];
                  for (int i = 0; i < PRODUCTS; i++) {
                    tile.multiply(x, 0, pixels, weights, 0, STEPS, y, 0, 0, 0, y, 0, pixels);
                  }
                }),
        2.0 * RegisterTile.PIXELS * tile.blocks() * block * depth * PRODUCTS * threads);
  }

  /** Sums of an array that no cache holds, each thread a share of it. */
  public static Probe memory(int threads, int width) {
    Lanes lanes = InnerLoops.best(width).lanes();
    int row = BLOCKS_A_ROW * lanes.block();
    long bytes = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    int rows = Math.max(1, (int) (bytes / Float.BYTES / row / threads));
    float[] x = new float[rows * row * threads];
    return new Probe(
        all ->
            all.parallel(
                threads,
                thread -> {
                  float[] y = new float[lanes.block()];
                  int end = (thread + 1) * rows * row;
                  for (int at = thread * rows * row; at < end; at += row) {
                    lanes.sum(x, at, BLOCKS_A_ROW, lanes.block(), 1, 0, 1, y, 0);
                  }
                }),
        (double) Float.BYTES * rows * row * threads);
  }
}
