package io.clarinet.backend.cpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Fact;
import io.clarinet.op.Kernel;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Convolution of any groups over plain images, one output channel a task. */
record GroupedConvolution(Conv2d op) implements Kernel {
  private static final double SHARE = 0.02;

  @Override
  public String name() {
    return "convolution_of_any_groups";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    String reason = Facts.notFloat(inputs);
    if (reason != null) {
      return new Offer.Decline(reason);
    }
    if (!inputs.get(1).isConstant() || (op.epilogue().bias() && !inputs.get(2).isConstant())) {
      return new Offer.Decline("weights and bias must be constants");
    }
    Shape w = inputs.get(1).shape();
    Geometry g =
        Geometry.of(inputs.get(0).shape(), outputs.get(0).shape(), op.groups(), op.window(), 1);
    List<Offer.Packed> packed =
        List.of(
            Offer.Packed.of(1, new PaddedPacking((int) w.size())),
            new Offer.Packed(
                op.epilogue().bias() ? List.of(2) : List.of(), new PaddedPacking(w.dim(0))));
    Offer.Accept offer =
        Offers.of(new Work(op.epilogue(), g), Layout.PLAIN, inputs, outputs, packed, device);
    double flops = 2.0 * outputs.get(0).shape().size() * w.size(1, 4);
    return new Offer.Accept(
        offer.work(),
        offer.inputs(),
        offer.outputs(),
        offer.packed(),
        offer.scratchBytes(),
        device.seconds(flops / SHARE, 0));
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
      View y = a.output(0);
      int to = y.offset() + image * y.batchStride() + channel * g.pixels();
      Arrays.fill(y.data(), to, to + g.pixels(), a.packed(1)[channel]);
      int group = channel / g.outChannels();
      View x = a.input(0);
      int at = x.offset() + image * x.batchStride() + group * g.channels() * g.inPixels();
      for (int c = 0; c < g.channels(); c++) {
        int w = (channel * g.channels() + c) * g.taps();
        add(x.data(), at + c * g.inPixels(), a.packed(0), w, y.data(), to);
      }
      finish(a, image, channel, to);
    }

    /** Adds what one input channel gives to an output channel. */
    private void add(float[] x, int at, float[] w, int wAt, float[] y, int to) {
      Window2d window = g.window();
      for (int tap = 0; tap < g.taps(); tap++) {
        int kh = tap / window.kernelW();
        int kw = tap % window.kernelW();
        for (int row = 0; row < g.outH(); row++) {
          int h = g.firstRow(row) + kh * window.dilationH();
          if (h >= 0 && h < g.h()) {
            addRow(
                x, at + h * g.w(), kw * window.dilationW(), w[wAt + tap], y, to + row * g.outW());
          }
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

    private void finish(Arguments a, int image, int channel, int to) {
      float[] y = a.output(0).data();
      if (epilogue.residual()) {
        View r = a.input(epilogue.residualIndex());
        int at = r.offset() + image * r.batchStride() + channel * g.pixels();
        for (int i = 0; i < g.pixels(); i++) {
          y[to + i] += r.data()[at + i];
        }
      }
      Unary activation = epilogue.activation();
      if (activation != null) {
        Finish.apply(activation, y, to, g.pixels());
      }
    }
  }
}
