package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.jvm.PartSplit.Part;
import io.clarinet.op.Window2d;
import java.util.Arrays;

/**
 * A planned convolution along output channels: the weights of an input block's lanes are copied to
 * rows, and added to the sums of all pixels of a task while they are near. What a pixel reads is
 * read in place. Packed constants: weights, bias.
 */
record ChannelProduct(
    RowEpilogue epilogue, Geometry geometry, TermPacking weights, InnerLoops loops, PartSplit split)
    implements JvmKernel {

  @Override
  public void run(Arguments arguments) {
    arguments.parallel(
        split.tasks(geometry),
        task -> compute(arguments, split.part(geometry, task), NearRows.OWN.get()));
  }

  private void compute(Arguments a, Part part, NearRows own) {
    int block = geometry.block();
    int steps = NearRows.LONGEST_SUM / block;
    for (int first = 0; first < weights.steps(); first += steps) {
      for (int p = 0; p < part.pixels(); p++) {
        Arrays.fill(own.sums()[p], 0, part.blocks() * block, 0);
      }
      int last = Math.min(weights.steps(), first + steps);
      for (int step = first; step < last; step++) {
        int lanes = Math.min(block, geometry.channels() - step / geometry.taps() * block);
        int terms = ceilDiv(lanes, FourTerms.COUNT) * FourTerms.COUNT;
        copyWeights(a, part, step, terms, own.terms());
        add(a, part, step, terms, own);
      }
      finish(a, part, first == 0, last == weights.steps(), own);
    }
    epilogue.blocks(loops, a, geometry, part);
  }

  private void copyWeights(Arguments a, Part part, int step, int terms, float[][] rows) {
    View w = a.packed(0);
    int block = geometry.block();
    int at = w.offset() + weights.at(part.group(), step) + part.firstBlock() * block;
    for (int i = 0; i < terms; i++) {
      System.arraycopy(w.data(), at + i * weights.width(), rows[i], 0, part.blocks() * block);
    }
  }

  /** Adds a step to the sums of two pixels at a time, of those for which its tap is inside. */
  private void add(Arguments a, Part part, int step, int terms, NearRows own) {
    View x = a.input(0);
    int plane = part.group() * geometry.inBlocks() + step / geometry.taps();
    int at = x.item(part.image()) + plane * geometry.inPixels() * geometry.block();
    int width = part.blocks() * geometry.block();
    int waiting = -1;
    int waitingAt = 0;
    for (int p = 0; p < part.pixels(); p++) {
      int pixel = inside(part.firstPixel() + p, step % geometry.taps());
      int pixelAt = at + pixel * geometry.block();
      if (pixel >= 0 && waiting < 0) {
        waiting = p;
        waitingAt = pixelAt;
      } else if (pixel >= 0) {
        add(own, waiting, p, x.data(), waitingAt, pixelAt, terms, width);
        waiting = -1;
      }
    }
    if (waiting >= 0) {
      add(own, waiting, NearRows.SUMS, x.data(), waitingAt, waitingAt, terms, width);
    }
  }

  /** The input pixel that a tap of an output pixel reads; -1 outside of the image. */
  private int inside(int pixel, int tap) {
    Window2d window = geometry.window();
    int row = geometry.firstRow(pixel / geometry.outW());
    int column = geometry.firstColumn(pixel % geometry.outW());
    row += tap / window.kernelW() * window.dilationH();
    column += tap % window.kernelW() * window.dilationW();
    boolean isInside = row >= 0 && row < geometry.h() && column >= 0 && column < geometry.w();
    return isInside ? row * geometry.w() + column : -1;
  }

  private static void add(
      NearRows own, int first, int second, float[] x, int at, int other, int terms, int width) {
    float[] y = own.sums()[first];
    float[] z = own.sums()[second];
    for (int i = 0; i < terms; i += FourTerms.COUNT) {
      FourTerms.add(y, z, own.terms(), i, x, at + i, other + i, width);
    }
  }

  /** Adds the bias, or what was written before, and writes the sums. */
  private void finish(Arguments a, Part part, boolean isFirst, boolean isLast, NearRows own) {
    View bias = a.packed(1);
    float[] y = a.output(0).data();
    int to = a.output(0).item(part.image()) + part.within(geometry, part.firstBlock());
    int width = part.blocks() * geometry.block();
    float[] start = own.terms()[0];
    int channel = (part.group() * geometry.outBlocks() + part.firstBlock()) * geometry.block();
    System.arraycopy(bias.data(), bias.offset() + channel, start, 0, width);
    for (int p = 0; p < part.pixels(); p++, to += geometry.block()) {
      if (!isFirst) {
        copyBlocks(part, y, to, geometry.pixels() * geometry.block(), start, 0, geometry.block());
      }
      add(own.sums()[p], start, width);
      if (isLast) {
        epilogue.row(own.sums()[p], width);
      }
      copyBlocks(
          part, own.sums()[p], 0, geometry.block(), y, to, geometry.pixels() * geometry.block());
    }
  }

  private void copyBlocks(
      Part part, float[] from, int fromAt, int fromStep, float[] to, int toAt, int toStep) {
    for (int b = 0; b < part.blocks(); b++) {
      System.arraycopy(from, fromAt + b * fromStep, to, toAt + b * toStep, geometry.block());
    }
  }

  private static void add(float[] y, float[] x, int count) {
    for (int i = 0; i < count; i++) {
      y[i] += x[i];
    }
  }
}
