package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Convolution of any groups over plain images, one output channel a task. */
record GroupedConvolution(Conv2d op) implements ConvolutionKernel {
  /** Share of the peak that its loops in plain Java reach; no measurement of it is on record. */
  private static final double SHARE = 0.02;

  /** Products in one running sum, few enough for {@code LongSumsTest}. */
  private static final int LONGEST_SUM = 256;

  @Override
  public String name() {
    return "convolution_of_any_groups";
  }

  @Override
  public Offer offer(List<Fact> inputs, Fact output, DeviceProfile device) {
    Shape w = inputs.get(1).shape();
    Geometry g = Geometry.of(inputs.get(0).shape(), output.shape(), op.groups(), op.window(), 1);
    LayerWork work =
        new LayerWork(
            op.epilogue(),
            new Work(op.epilogue(), g),
            new PaddedPacking((int) w.size()),
            w.dim(0),
            List.of(4L * device.limits().computeUnits() * g.pixels()));
    double flops = 2.0 * output.shape().size() * w.size(1, 4);
    return work.offer(Layout.PLAIN, Layout.PLAIN, device.seconds(flops / SHARE, 0));
  }

  private record Work(Epilogue epilogue, Geometry g) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      int channels = g.groups() * g.outChannels();
      arguments.parallel(g.batch() * channels, task -> plane(arguments, task, channels));
    }

    private void plane(Arguments a, int task, int channels) {
      int image = task / channels;
      int channel = task % channels;
      int to = a.output(0).item(image) + channel * g.pixels();
      View bias = a.packed(1);
      float start = bias.data()[bias.offset() + channel];
      Arrays.fill(a.output(0).data(), to, to + g.pixels(), start);
      int group = channel / g.outChannels();
      int at = a.input(0).item(image) + group * g.channels() * g.inPixels();
      int terms = g.channels() * g.taps();
      for (int first = 0; first < terms; first += LONGEST_SUM) {
        add(a, at, channel * terms, first, Math.min(terms, first + LONGEST_SUM), to);
      }
      EpilogueLoop.plain(
          epilogue, new PlainActivations(), a, image, channel * g.pixels(), g.pixels());
    }

    /** Adds what some input channels' taps give to an output channel; their sums are scratch. */
    private void add(Arguments a, int at, int weights, int first, int end, int to) {
      float[] sums = a.scratch(0).data();
      int sumsAt = a.scratch(0).offset() + a.worker() * g.pixels();
      View w = a.packed(0);
      int wAt = w.offset() + weights;
      Arrays.fill(sums, sumsAt, sumsAt + g.pixels(), 0);
      for (int term = first; term < end; term++) {
        int plane = at + term / g.taps() * g.inPixels();
        addTap(a, plane, term % g.taps(), w.data()[wAt + term], sums, sumsAt);
      }
      float[] y = a.output(0).data();
      for (int i = 0; i < g.pixels(); i++) {
        y[to + i] += sums[sumsAt + i];
      }
    }

    private void addTap(Arguments a, int at, int tap, float w, float[] y, int to) {
      float[] x = a.input(0).data();
      int kh = tap / g.window().kernelW();
      int kw = tap % g.window().kernelW();
      for (int row = 0; row < g.outH(); row++) {
        int h = g.firstRow(row) + kh * g.window().dilationH();
        if (h >= 0 && h < g.h()) {
          addRow(x, at + h * g.w(), kw * g.window().dilationW(), w, y, to + row * g.outW());
        }
      }
    }

    private void addRow(float[] x, int at, int shift, float w, float[] y, int to) {
      for (int column = 0; column < g.outW(); column++) {
        int from = g.firstColumn(column) + shift;
        if (from >= 0 && from < g.w()) {
          y[to + column] += w * x[at + from];
        }
      }
    }
  }
}
