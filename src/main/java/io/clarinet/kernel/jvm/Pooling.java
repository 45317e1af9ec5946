package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Pool2d;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.function.IntFunction;

/** Maximum and average over sliding windows, a block of channels at a time. */
record Pooling(Pool2d op, IntFunction<InnerLoops> loops) implements Kernel {

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
    Pool work = new Pool(op.kind(), op.countPadding(), g, lanes);
    return Offers.of(work, device.blocked(), inputs, outputs, List.of(), device);
  }

  private record Pool(Pool2d.Kind kind, boolean countPadding, Geometry g, Lanes lanes)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(g.batch() * g.inBlocks(), task -> plane(arguments, task));
    }

    private void plane(Arguments a, int task) {
      int image = task / g.inBlocks();
      int b = task % g.inBlocks();
      View x = a.input(0);
      View y = a.output(0);
      int at = x.item(image) + b * g.inPixels() * g.block();
      int to = y.item(image) + b * g.pixels() * g.block();
      for (int row = 0; row < g.outH(); row++) {
        for (int column = 0; column < g.outW(); column++) {
          pixel(x.data(), at, row, column, y.data(), to + (row * g.outW() + column) * g.block());
        }
      }
      int channels = Math.min(g.block(), g.channels() - b * g.block());
      EpilogueLoop.clear(g.block(), y.data(), to, g.pixels(), channels);
    }

    private void pixel(float[] x, int plane, int outRow, int outColumn, float[] y, int to) {
      int dilationH = g.window().dilationH();
      int dilationW = g.window().dilationW();
      int row = g.firstRow(outRow);
      int column = g.firstColumn(outColumn);
      int top = Geometry.firstTap(row, dilationH);
      int left = Geometry.firstTap(column, dilationW);
      int rows = Geometry.endTap(row, dilationH, g.window().kernelH(), g.h()) - top;
      int columns = Geometry.endTap(column, dilationW, g.window().kernelW(), g.w()) - left;
      int at = plane + ((row + top * dilationH) * g.w() + column + left * dilationW) * g.block();
      int rowStep = dilationH * g.w() * g.block();
      int step = dilationW * g.block();
      if (rows <= 0 || columns <= 0) {
        outside(y, to, row, column);
      } else if (kind == Pool2d.Kind.MAX) {
        lanes.max(x, at, rows, rowStep, columns, step, y, to);
      } else {
        int count = countPadding ? padded(row, column) : rows * columns;
        lanes.sum(x, at, rows, rowStep, columns, step, 1f / count, y, to);
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
