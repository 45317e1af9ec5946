package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel;

/**
 * A Winograd convolution in three loops over all threads: the tiles' transform, a matrix product a
 * point, the transform back, so that each weight is read once for all tiles of a part. Packed
 * constants: weights, bias. Scratch: what the threads keep aside, transformed tiles, products.
 *
 * @param parts of the tiles, taken after each other
 * @param threads that share the work
 */
record WinogradStaged(WinogradSteps steps, int parts, int threads) implements JvmKernel {
  /** Enough for a thread that is held up to cost a share of its own. */
  private static final int TASKS_PER_THREAD = 8;

  /** Floats of the scratch region. */
  long scratchFloats() {
    return (long) threads * steps.tiles().asideFloats() + inputFloats() + productFloats();
  }

  /** Floats of a part's transformed tiles. */
  long inputFloats() {
    return (long) steps.points() * inputStep();
  }

  /** Floats of a part's products. */
  long productFloats() {
    return (long) steps.points() * productStep();
  }

  /** Tasks of the product. */
  int productTasks() {
    return steps.points() * columnShares();
  }

  private int columnShares() {
    return Math.min(steps.product().columns(), ceilDiv(TASKS_PER_THREAD * threads, steps.points()));
  }

  private int blockShares(int blocks, int groups) {
    return Math.min(blocks, ceilDiv(TASKS_PER_THREAD * threads, groups));
  }

  /** Groups of the longest part. */
  private int capacity() {
    return ceilDiv(steps.tiles().groups(), parts);
  }

  private int inputStep() {
    return steps.tiles().pointStep(capacity(), steps.product().inBlocks());
  }

  private int productStep() {
    return steps.tiles().pointStep(capacity(), steps.product().outBlocks());
  }

  @Override
  public void run(Arguments a) {
    int all = steps.tiles().groups();
    for (int part = 0; part < parts; part++) {
      run(a, all * part / parts, all * (part + 1) / parts);
    }
  }

  /** Runs a part of groups. */
  private void run(Arguments a, int begin, int end) {
    int groups = end - begin;
    int inShares = blockShares(steps.product().inBlocks(), groups);
    int columnShares = columnShares();
    int rows = steps.tiles().end(end) - WinogradTiles.first(begin);
    int outShares = blockShares(steps.product().outBlocks(), groups);
    a.parallel(
        groups * inShares, i -> input(a, begin, begin + i / inShares, i % inShares, inShares));
    a.parallel(
        steps.points() * columnShares,
        i -> multiply(a, rows, i / columnShares, i % columnShares, columnShares));
    a.parallel(
        groups * outShares, i -> output(a, begin, begin + i / outShares, i % outShares, outShares));
  }

  private int aside(Arguments a) {
    return a.scratch(0).offset() + a.worker() * steps.tiles().asideFloats();
  }

  private int inputAt(Arguments a) {
    return a.scratch(0).offset() + threads * steps.tiles().asideFloats();
  }

  private int productAt(Arguments a) {
    return inputAt(a) + steps.points() * inputStep();
  }

  private void input(Arguments a, int begin, int group, int share, int shares) {
    int blocks = steps.product().inBlocks();
    steps
        .input()
        .transform(
            a,
            WinogradTiles.first(begin),
            WinogradTiles.first(group),
            steps.tiles().end(group + 1),
            blocks * share / shares,
            blocks * (share + 1) / shares,
            aside(a),
            inputAt(a),
            inputStep());
  }

  private void multiply(Arguments a, int rows, int k, int share, int shares) {
    WinogradProduct product = steps.product();
    int block = WinogradTiles.GROUP * product.loops().block();
    int end = product.firstBlock(share + 1, shares);
    for (int b = product.firstBlock(share, shares); b < end; b += product.tile(b).blocks()) {
      product.multiply(
          k,
          b,
          a.packed(0),
          rows,
          a.scratch(0).data(),
          inputAt(a) + k * inputStep(),
          productAt(a) + k * productStep() + b * block,
          product.outBlocks() * block,
          parts == 1);
    }
  }

  private void output(Arguments a, int begin, int group, int share, int shares) {
    int blocks = steps.product().outBlocks();
    steps
        .output()
        .transform(
            a,
            WinogradTiles.first(begin),
            WinogradTiles.first(group),
            steps.tiles().end(group + 1),
            blocks * share / shares,
            blocks * (share + 1) / shares,
            0,
            blocks,
            aside(a),
            productAt(a),
            productStep());
  }
}
