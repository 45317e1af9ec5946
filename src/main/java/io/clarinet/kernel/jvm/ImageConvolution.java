package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Convolution that reads a plain image, whose channels are too few to fill blocks: an output row at
 * a time, by tiles over an {@link ImageStrip}.
 */
record ImageConvolution(Conv2d op, IntFunction<InnerLoops> loops) implements ConvolutionKernel {
  /** Longest sum, which is one running one. */
  private static final int MOST_TERMS = 1024;

  /** Share of the peak that whole tiles reach: 0.5 to 0.7 on a core of a Zen 5. */
  private static final double SHARE = 0.65;

  /** Enough for a thread that is held up to cost a share of its own. */
  private static final int TASKS_PER_THREAD = 8;

  @Override
  public String name() {
    return "convolution_of_image";
  }

  @Override
  public Offer offer(List<Fact> inputs, Fact output, DeviceProfile device) {
    Shape w = inputs.get(1).shape();
    boolean runs = op.window().dilationW() == 1;
    return op.groups() == 1 && w.size(1, 4) <= MOST_TERMS && runs
        ? accept(inputs.get(0), output, device)
        : new Offer.Decline("reads images of few channels and one group, undilated");
  }

  private Offer accept(Fact input, Fact output, DeviceProfile device) {
    InnerLoops inner = loops.apply(device.channelBlock());
    Geometry g = Geometry.of(input.shape(), output.shape(), 1, op.window(), inner.block());
    int threads = device.limits().computeUnits();
    int rows = ceilDiv(g.outH(), Math.min(g.outH(), TASKS_PER_THREAD * threads));
    Rows kernel = new Rows(op.epilogue(), g, inner, new ImageStrip(g), rows);
    StripPacking weights =
        new StripPacking(
            g.outChannels(),
            g.channels(),
            g.window().kernelH(),
            g.window().kernelW(),
            g.block(),
            inner.widest());
    LayerWork work =
        new LayerWork(
            op.epilogue(),
            kernel,
            weights,
            g.outBlocks() * g.block(),
            List.of(4L * threads * kernel.scratchFloats()));
    return work.offer(
        Layout.PLAIN, device.blocked(), seconds(g, inner, kernel.strip, weights, device));
  }

  private static double seconds(
      Geometry g, InnerLoops inner, ImageStrip strip, StripPacking weights, DeviceProfile device) {
    double sums = (double) g.batch() * g.pixels() * g.outBlocks() * g.block();
    int columns = ceilDiv(g.outW(), RegisterTile.PIXELS) * RegisterTile.PIXELS;
    double computed = sums * columns / g.outW() * inner.slowness(g.outBlocks());
    double bytes = weights.bytes() + 8 * sums;
    return device.seconds(2 * computed * strip.steps() * strip.run() / SHARE, bytes);
  }

  /**
   * A planned convolution. Packed constants: weights, bias. Scratch: one region, divided among the
   * threads, each a strip and the sums of a tile.
   *
   * @param rowsPerTask output rows of a task
   */
  private record Rows(
      Epilogue epilogue, Geometry g, InnerLoops loops, ImageStrip strip, int rowsPerTask)
      implements JvmKernel {

    int scratchFloats() {
      return strip.floats() + loops.widest() * RegisterTile.PIXELS * g.block();
    }

    private int tasksPerImage() {
      return ceilDiv(g.outH(), rowsPerTask);
    }

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(g.batch() * tasksPerImage(), task -> task(arguments, task));
    }

    private void task(Arguments a, int task) {
      int image = task / tasksPerImage();
      int first = task % tasksPerImage() * rowsPerTask;
      for (int row = first; row < Math.min(g.outH(), first + rowsPerTask); row++) {
        row(a, image, row);
      }
    }

    private void row(Arguments a, int image, int row) {
      int stripAt = a.scratch(0).offset() + a.worker() * scratchFloats();
      strip.fill(a.input(0), a.input(0).item(image), row, a.scratch(0).data(), stripAt);
      for (int b = 0; b < g.outBlocks(); ) {
        int width = InnerLoops.widthAt(b, g.outBlocks(), loops.widest());
        int within = (b * g.outH() + row) * g.outW() * g.block();
        tiles(a, loops.stridedTile(width), b, stripAt, a.output(0).item(image) + within);
        for (int i = b; i < b + width; i++) {
          finish(a, image, i, row);
        }
        b += width;
      }
    }

    /** All pixels of a row; the last tile computes some of the one before again. */
    private void tiles(Arguments a, RegisterTile tile, int b, int stripAt, int to) {
      float[] y = a.output(0).data();
      int yBlock = g.pixels() * g.block();
      int last = g.outW() - RegisterTile.PIXELS;
      if (last < 0) {
        narrow(a, tile, b, stripAt, to);
        return;
      }
      for (int p = 0; p < last; p += RegisterTile.PIXELS) {
        tile(a, tile, b, stripAt, p, y, to + p * g.block(), yBlock);
      }
      tile(a, tile, b, stripAt, last, y, to + last * g.block(), yBlock);
    }

    /** A row of fewer pixels than a tile's. */
    private void narrow(Arguments a, RegisterTile tile, int b, int stripAt, int to) {
      float[] sums = a.scratch(0).data();
      int at = stripAt + strip.floats();
      int block = RegisterTile.PIXELS * g.block();
      tile(a, tile, b, stripAt, 0, sums, at, block);
      for (int i = 0; i < tile.blocks(); i++) {
        int yAt = to + i * g.pixels() * g.block();
        System.arraycopy(sums, at + i * block, a.output(0).data(), yAt, g.outW() * g.block());
      }
    }

    private void tile(
        Arguments a, RegisterTile tile, int b, int stripAt, int p, float[] y, int to, int yBlock) {
      int stride = g.window().strideW();
      tile.multiply(
          a.scratch(0).data(),
          stripAt + p * stride,
          strip.width(),
          stride,
          strip.run(),
          a.packed(0).data(),
          a.packed(0).offset() + b * g.block() * strip.steps() * strip.run(),
          strip.steps(),
          a.packed(1).data(),
          a.packed(1).offset() + b * g.block(),
          0,
          g.block(),
          y,
          to,
          yBlock);
    }

    private void finish(Arguments a, int image, int b, int row) {
      int within = (b * g.outH() + row) * g.outW() * g.block();
      int channels = Math.min(g.block(), g.outChannels() - b * g.block());
      EpilogueLoop.block(epilogue, loops, a, image, within, g.outW(), channels);
    }
  }
}
