package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel;
import io.clarinet.op.Epilogue;

/**
 * A planned convolution of groups. Packed constants: weights, bias. Scratch: one region, divided
 * among the threads, each a strip and the sums of a tile.
 *
 * @param places of the strip
 * @param rowsPerTask output rows of a task
 */
record GroupedWork(
    Epilogue epilogue,
    Geometry g,
    GroupStrip strip,
    int[][] places,
    int rowsPerTask,
    InnerLoops loops)
    implements JvmKernel {

  /** Terms of one running sum. */
  private static final int LONGEST_SUM = 1024;

  int scratchFloats() {
    return strip.floats() + GroupTile.PIXELS * g.block();
  }

  private int runs() {
    return ceilDiv(g.outH(), rowsPerTask);
  }

  private int blocks() {
    return ceilDiv(g.groups() * g.outChannels(), g.block());
  }

  @Override
  public void run(Arguments arguments) {
    int tasks = g.batch() * blocks() * runs();
    arguments.parallel(tasks, task -> task(arguments, task / runs(), task % runs()));
  }

  private void task(Arguments a, int plane, int run) {
    int image = plane / blocks();
    int b = plane % blocks();
    int first = run * rowsPerTask;
    int rows = Math.min(rowsPerTask, g.outH() - first);
    int within = (b * g.outH() + first) * g.outW() * g.block();
    int to = a.output(0).item(image) + within;
    float[] ring = a.scratch(0).data();
    int own = a.scratch(0).offset() + a.worker() * scratchFloats();
    ring[own + strip.floats()] = touch(a.packed(0), b);
    for (int r = 0; r < rows; r++) {
      View x = a.input(0);
      strip.fill(x, x.item(image), b, first, r, loops.lanes(), ring, own);
      row(a, b, places[strip.start(r)], own, to + r * g.outW() * g.block());
    }
    int channels = Math.min(g.block(), g.groups() * g.outChannels() - b * g.block());
    EpilogueLoop.block(epilogue, loops, a, image, within, rows * g.outW(), channels);
  }

  private float touch(View w, int b) {
    int floats = g.taps() * g.channels() * g.block();
    return Touch.lines(w.data(), w.offset() + b * floats, w.offset() + (b + 1) * floats);
  }

  /** A row; its last tile computes some of the one before again, or is wider than the row. */
  private void row(Arguments a, int b, int[] runs, int own, int to) {
    float[] y = a.output(0).data();
    int last = g.outW() - GroupTile.PIXELS;
    if (last < 0) {
      int aside = own + strip.floats();
      tile(a, b, runs, own, a.scratch(0).data(), aside);
      System.arraycopy(a.scratch(0).data(), aside, y, to, g.outW() * g.block());
      return;
    }
    for (int p = 0; p < last; p += GroupTile.PIXELS) {
      tile(a, b, runs, own + p * strip.step(), y, to + p * g.block());
    }
    tile(a, b, runs, own + last * strip.step(), y, to + last * g.block());
  }

  /** All terms of a tile, in as many running sums as that takes. */
  private void tile(Arguments a, int b, int[] runs, int xAt, float[] y, int to) {
    int longest = Math.min(strip.run(), LONGEST_SUM);
    int steps = Math.max(1, LONGEST_SUM / strip.run());
    View w = a.packed(0);
    int wStep = strip.run() * g.block();
    int weights = w.offset() + b * runs.length * wStep;
    float[] from = a.packed(1).data();
    int fromAt = a.packed(1).offset() + b * g.block();
    int fromPixel = 0;
    for (int s = 0; s < runs.length; s += steps) {
      for (int r = 0; r < strip.run(); r += longest) {
        loops
            .groupTile(strip.single())
            .multiply(
                a.scratch(0).data(),
                xAt + r * strip.termFloats(),
                runs,
                strip.step(),
                s,
                Math.min(runs.length, s + steps),
                Math.min(longest, strip.run() - r),
                w.data(),
                weights + s * wStep + r * g.block(),
                wStep,
                from,
                fromAt,
                fromPixel,
                y,
                to);
        from = y;
        fromAt = to;
        fromPixel = g.block();
      }
    }
  }
}
