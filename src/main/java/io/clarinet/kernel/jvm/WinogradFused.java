package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel;

/**
 * A Winograd convolution whose tasks transform a run of tiles, multiply it and transform it back,
 * all in the thread's own cache. Packed constants: weights, bias. Scratch: one region, divided
 * among the threads.
 *
 * @param runs of whole groups of tiles
 * @param shares of the output channels, each of which transforms its inputs again
 */
record WinogradFused(WinogradSteps steps, int runs, int shares) implements JvmKernel {

  /** Floats that one thread needs. */
  int scratchFloats() {
    return steps.tiles().asideFloats() + steps.points() * (inputStep() + productStep());
  }

  /** Groups of the longest run. */
  private int capacity() {
    return ceilDiv(steps.tiles().groups(), runs);
  }

  private int inputStep() {
    return steps.tiles().pointStep(capacity(), steps.product().inBlocks());
  }

  private int productStep() {
    return steps.tiles().pointStep(capacity(), steps.product().loops().widest());
  }

  @Override
  public void run(Arguments arguments) {
    arguments.parallel(runs * shares, task -> task(arguments, task / shares, task % shares));
  }

  private void task(Arguments a, int run, int share) {
    WinogradTiles tiles = steps.tiles();
    int begin = tiles.groups() * run / runs;
    int end = tiles.groups() * (run + 1) / runs;
    int first = WinogradTiles.first(begin);
    int last = tiles.end(end);
    int aside = a.scratch(0).offset() + a.worker() * scratchFloats();
    int x = aside + tiles.asideFloats();
    int y = x + steps.points() * inputStep();
    steps
        .input()
        .transform(a, first, first, last, 0, steps.product().inBlocks(), aside, x, inputStep());
    int endBlock = steps.product().firstBlock(share + 1, shares);
    for (int b = steps.product().firstBlock(share, shares); b < endBlock; ) {
      int blocks = steps.product().tile(b).blocks();
      multiply(a, b, last - first, x, y);
      steps
          .output()
          .transform(a, first, first, last, b, b + blocks, b, blocks, aside, y, productStep());
      b += blocks;
    }
  }

  /** All points of one column. */
  private void multiply(Arguments a, int b, int rows, int x, int y) {
    WinogradProduct product = steps.product();
    float[] scratch = a.scratch(0).data();
    int groupStep = product.tile(b).blocks() * WinogradTiles.GROUP * product.loops().block();
    for (int k = 0; k < steps.points(); k++) {
      int to = y + k * productStep();
      product.multiply(
          k, b, a.packed(0), rows, scratch, x + k * inputStep(), to, groupStep, runs == 1);
    }
  }
}
