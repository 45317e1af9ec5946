package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntFunction;

/** Convolution of each channel by itself, a block of channels at a time. */
record DepthwiseConvolution(Conv2d op, IntFunction<InnerLoops> loops) implements ConvolutionKernel {
  /** Share of the peak that its loops reach: 0.1 to 0.2 with all else on a Zen 5. */
  private static final double SHARE = 0.17;

  @Override
  public String name() {
    return "depthwise";
  }

  @Override
  public Offer offer(List<Fact> inputs, Fact output, DeviceProfile device) {
    Shape w = inputs.get(1).shape();
    if (w.dim(1) != 1 || op.groups() != w.dim(0)) {
      return new Offer.Decline("each output channel must read one input channel of its own");
    }
    InnerLoops inner = loops.apply(device.channelBlock());
    Geometry g = Geometry.of(inputs.get(0).shape(), output.shape(), 1, op.window(), inner.block());
    LayerWork work =
        new LayerWork(
            op.epilogue(),
            new Work(op.epilogue(), g, inner),
            new Taps(g.channels(), g.taps(), inner.block()),
            g.inBlocks() * inner.block(),
            List.of());
    return work.offer(device.blocked(), device.blocked(), seconds(g, device));
  }

  private static double seconds(Geometry g, DeviceProfile device) {
    double channels = (double) g.batch() * g.inBlocks() * g.block();
    double flops = 2 * channels * g.pixels() * g.taps();
    return device.seconds(flops / SHARE, 4 * channels * (g.inPixels() + g.pixels()));
  }

  /** Weights of a channel block, tap by tap. */
  private record Taps(int channels, int taps, int block) implements ArrayPacking {

    @Override
    public long bytes() {
      return 4L * ceilDiv(channels, block) * block * taps;
    }

    @Override
    public void pack(List<Tensor> sources, float[] packed, int at) {
      FloatBuffer from = sources.get(0).floats();
      for (int i = 0; i < channels * taps; i++) {
        int c = i / taps;
        packed[at + (c / block * taps + i % taps) * block + c % block] = from.get(i);
      }
    }
  }

  private record Work(Epilogue epilogue, Geometry g, InnerLoops loops) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(g.batch() * g.inBlocks(), task -> plane(arguments, task));
    }

    private void plane(Arguments a, int task) {
      int image = task / g.inBlocks();
      int b = task % g.inBlocks();
      float[] x = a.input(0).data();
      int at = a.input(0).item(image) + b * g.inPixels() * g.block();
      int plane = b * g.pixels() * g.block();
      int to = a.output(0).item(image) + plane;
      for (int row = 0; row < g.outH(); row++) {
        row(a, x, at, b, row, to + row * g.outW() * g.block());
      }
      int channels = Math.min(g.block(), g.channels() - b * g.block());
      EpilogueLoop.block(epilogue, loops, a, image, plane, g.pixels(), channels);
    }

    /** One output row; the windows whose columns all lie inside of the image at once. */
    private void row(Arguments a, float[] x, int plane, int b, int row, int to) {
      int inside = g.firstInside();
      int end = Math.max(inside, g.endInside());
      for (int column = 0; column < g.outW(); ) {
        int windows = column == inside && inside < end ? end - inside : 1;
        windows(a, x, plane, b, row, column, windows, to + column * g.block());
        column += windows;
      }
    }

    private void windows(
        Arguments a, float[] x, int plane, int b, int outRow, int outColumn, int windows, int to) {
      int dilationH = g.window().dilationH();
      int dilationW = g.window().dilationW();
      int row = g.firstRow(outRow);
      int column = g.firstColumn(outColumn);
      int top = Geometry.firstTap(row, dilationH);
      int left = Geometry.firstTap(column, dilationW);
      int width = g.window().kernelW();
      int rows = Geometry.endTap(row, dilationH, g.window().kernelH(), g.h()) - top;
      int columns = Geometry.endTap(column, dilationW, width, g.w()) - left;
      View w = a.packed(0);
      View bias = a.packed(1);
      float[] y = a.output(0).data();
      if (rows <= 0 || columns <= 0) {
        for (int i = 0; i < windows; i++) {
          loops.lanes().copy(bias.data(), bias.offset() + b * g.block(), y, to + i * g.block());
        }
        return;
      }
      loops
          .lanes()
          .dot(
              x,
              plane + ((row + top * dilationH) * g.w() + column + left * dilationW) * g.block(),
              rows,
              dilationH * g.w() * g.block(),
              columns,
              dilationW * g.block(),
              windows,
              g.window().strideW() * g.block(),
              w.data(),
              w.offset() + (b * g.taps() + top * width + left) * g.block(),
              width * g.block(),
              bias.data(),
              bias.offset() + b * g.block(),
              y,
              to);
    }
  }
}
