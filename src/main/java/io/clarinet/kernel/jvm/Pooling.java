package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.op.Pool2d;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.function.IntFunction;

/** Maximum and average over sliding windows, a block of channels at a time. */
record Pooling(Pool2d op, IntFunction<InnerLoops> loops) implements Kernel {
  private static final int TASKS_PER_THREAD = 8;

  @Override
  public String name() {
    return "pool2d";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(inputs);
    if (declined != null) {
      return declined;
    }
    Lanes lanes = loops.apply(device.channelBlock()).lanes();
    Geometry g =
        Geometry.of(inputs.get(0).shape(), outputs.get(0).shape(), 1, op.window(), lanes.block());
    int threads = device.limits().computeUnits();
    int planes = g.batch() * g.inBlocks();
    int parts = Math.min(g.outH(), ceilDiv(TASKS_PER_THREAD * threads, planes));
    Pool work = new Pool(op.kind(), op.countPadding(), g, lanes, ceilDiv(g.outH(), parts));
    return new Offer.Accept(
        new Work.Jvm(work),
        List.of(device.blocked()),
        List.of(device.blocked()),
        List.of(),
        List.of(4L * threads * work.rowFloats()),
        Offers.seconds(device.blocked(), inputs, outputs, device));
  }

  /**
   * A planned pooling. An output row is made in two passes: over the rows of all windows, into the
   * scratch of its thread, and over their columns.
   *
   * @param rowsPerTask output rows of a task
   */
  private record Pool(
      Pool2d.Kind kind, boolean countPadding, Geometry g, Lanes lanes, int rowsPerTask)
      implements JvmKernel {

    int rowFloats() {
      return g.w() * g.block();
    }

    private int parts() {
      return ceilDiv(g.outH(), rowsPerTask);
    }

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(g.batch() * g.inBlocks() * parts(), task -> rows(arguments, task));
    }

    private void rows(Arguments a, int task) {
      int plane = task / parts();
      int first = task % parts() * rowsPerTask;
      int end = Math.min(g.outH(), first + rowsPerTask);
      int b = plane % g.inBlocks();
      int to = a.output(0).item(plane / g.inBlocks()) + b * g.pixels() * g.block();
      for (int row = first; row < end; row++) {
        row(a, plane, row, to + row * g.outW() * g.block());
      }
      int channels = Math.min(g.block(), g.channels() - b * g.block());
      int at = to + first * g.outW() * g.block();
      EpilogueLoop.clear(
          g.block(), a.output(0).data(), at, Math.max(0, end - first) * g.outW(), channels);
    }

    private void row(Arguments a, int plane, int outRow, int to) {
      View x = a.input(0);
      int dilation = g.window().dilationH();
      int row = g.firstRow(outRow);
      int top = Geometry.firstTap(row, dilation);
      int rows = Geometry.endTap(row, dilation, g.window().kernelH(), g.h()) - top;
      int within = plane % g.inBlocks() * g.h() + row + top * dilation;
      int at = x.item(plane / g.inBlocks()) + within * rowFloats();
      float[] aside = a.scratch(0).data();
      int asideAt = a.scratch(0).offset() + a.worker() * rowFloats();
      if (rows > 0) {
        combine(x.data(), at, rows, dilation * rowFloats(), g.w(), g.block(), 1, aside, asideAt);
      }
      columns(aside, asideAt, row, rows, a.output(0).data(), to);
    }

    /** Combines the columns of a row of windows, those that lie inside of the image at once. */
    private void columns(float[] aside, int asideAt, int row, int rows, float[] y, int to) {
      int inside = g.firstInside();
      int end = Math.max(inside, g.endInside());
      for (int column = 0; column < g.outW(); ) {
        int windows = column == inside && inside < end ? end - inside : 1;
        windows(aside, asideAt, row, rows, column, windows, y, to);
        column += windows;
      }
    }

    /** Windows side by side that have the same number of columns inside of the image. */
    private void windows(
        float[] aside,
        int asideAt,
        int row,
        int rows,
        int outColumn,
        int windows,
        float[] y,
        int to) {
      int dilation = g.window().dilationW();
      int column = g.firstColumn(outColumn);
      int left = Geometry.firstTap(column, dilation);
      int columns = Geometry.endTap(column, dilation, g.window().kernelW(), g.w()) - left;
      int yAt = to + outColumn * g.block();
      if (rows <= 0 || columns <= 0) {
        for (int i = 0; i < windows; i++) {
          outside(y, yAt + i * g.block(), row, column + i * g.window().strideW());
        }
        return;
      }
      int at = asideAt + (column + left * dilation) * g.block();
      int count = countPadding ? padded(row, column) : rows * columns;
      int next = g.window().strideW() * g.block();
      combine(aside, at, columns, dilation * g.block(), windows, next, 1f / count, y, yAt);
    }

    private void combine(
        float[] x,
        int at,
        int terms,
        int step,
        int windows,
        int next,
        float scale,
        float[] y,
        int to) {
      if (kind == Pool2d.Kind.MAX) {
        lanes.max(x, at, terms, step, windows, next, y, to);
      } else {
        lanes.sum(x, at, terms, step, windows, next, scale, y, to);
      }
    }

    /** A window that sees padding only. */
    private void outside(float[] y, int to, int row, int column) {
      float empty = countPadding && padded(row, column) > 0 ? 0 : Float.NaN;
      for (int i = 0; i < g.block(); i++) {
        y[to + i] = kind == Pool2d.Kind.MAX ? Float.NEGATIVE_INFINITY : empty;
      }
    }

    /** Elements of a window that lie in the image or its padding. */
    private int padded(int row, int column) {
      int h = g.h() + g.window().padding().bottom();
      int w = g.w() + g.window().padding().right();
      return Geometry.endTap(row, g.window().dilationH(), g.window().kernelH(), h)
          * Geometry.endTap(column, g.window().dilationW(), g.window().kernelW(), w);
    }
  }
}
