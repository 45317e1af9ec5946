package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.op.Lrn;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Local response normalisation of blocked images, pixel by pixel: the squares of a pixel's channels
 * are laid in a row between zeros, over which the windows slide.
 */
record ResponseNormalisation(Lrn op, IntFunction<InnerLoops> loops) implements Kernel {

  @Override
  public String name() {
    return "lrn";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    InnerLoops inner = loops.apply(device.channelBlock());
    Normalise work = new Normalise(op, x.n(), x.c(), x.h() * x.w(), inner);
    return new Offer.Accept(
        new Work.Jvm(work),
        List.of(device.blocked()),
        List.of(device.blocked()),
        List.of(),
        List.of(4L * device.limits().computeUnits() * work.rowFloats()),
        Offers.seconds(device.blocked(), inputs, outputs, device));
  }

  private record Normalise(Lrn op, int images, int channels, int pixels, InnerLoops loops)
      implements JvmKernel {
    /** A while beside handing a task out; no measurement of it is on record. */
    private static final int PIXELS_PER_TASK = 64;

    private int blocks() {
      return ceilDiv(channels, loops.block());
    }

    /** Floats of a row of squares, with room for a window on either side. */
    int rowFloats() {
      return blocks() * loops.block() + 2 * op.size();
    }

    private int tasksPerImage() {
      return ceilDiv(pixels, PIXELS_PER_TASK);
    }

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(images * tasksPerImage(), task -> task(arguments, task));
    }

    private void task(Arguments a, int task) {
      int image = task / tasksPerImage();
      int first = task % tasksPerImage() * PIXELS_PER_TASK;
      int squares = a.scratch(0).offset() + a.worker() * rowFloats();
      float[] row = a.scratch(0).data();
      for (int i = 0; i < rowFloats(); i++) {
        row[squares + i] = 0;
      }
      for (int p = first; p < Math.min(pixels, first + PIXELS_PER_TASK); p++) {
        pixel(a.input(0), a.output(0), image, p * loops.block(), row, squares + op.size());
      }
    }

    private void pixel(View x, View y, int image, int within, float[] row, int squares) {
      int block = loops.block();
      int at = x.item(image) + within;
      int to = y.item(image) + within;
      for (int b = 0; b < blocks(); b++) {
        loops.normalisations().square(x.data(), at + b * pixels * block, row, squares + b * block);
      }
      int before = (op.size() - 1) / 2;
      float alpha = op.alpha() / op.size();
      for (int b = 0; b < blocks(); b++) {
        int plane = b * pixels * block;
        int window = squares + b * block - before;
        loops
            .normalisations()
            .normalise(
                x.data(),
                at + plane,
                row,
                window,
                op.size(),
                alpha,
                op.bias(),
                op.beta(),
                y.data(),
                to + plane);
      }
      EpilogueLoop.clear(block, y.data(), to + (blocks() - 1) * pixels * block, 1, lastLanes());
    }

    private int lastLanes() {
      return channels - (blocks() - 1) * loops.block();
    }
  }
}
