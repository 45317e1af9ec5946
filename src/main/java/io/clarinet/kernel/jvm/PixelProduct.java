package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Own;
import io.clarinet.op.Epilogue;
import java.util.Arrays;

/**
 * A planned convolution along pixels: rows of some terms are gathered, and added to the sums of all
 * output channels of a task while they are near. Packed constants: weights, bias.
 *
 * @param runs of pixels of an image
 * @param ranges of output blocks of a group
 */
record PixelProduct(
    Epilogue epilogue,
    Geometry geometry,
    PixelRows rows,
    RowPacking weights,
    InnerLoops loops,
    int runs,
    int ranges)
    implements JvmKernel {
  /** Pixels of a run: rows of 2 kB and some. */
  static final int MOST_PIXELS = 512;

  /** Output channels of a range: their sums fill half of a core's own cache. */
  static final int MOST_CHANNELS = 128;

  /** Terms whose rows stay in a core's first cache. */
  private static final int NEAR = 16;

  /** Terms of one running sum. */
  private static final int LONGEST_SUM = 512;

  private static final Own<Rows> OWN = new Own<>(Rows::new);

  /** A thread's own arrays: {@link FourTerms} wants them apart. */
  private record Rows(float[][] terms, float[][] sums) {
    Rows() {
      this(FourTerms.rows(NEAR, MOST_PIXELS), FourTerms.rows(MOST_CHANNELS, MOST_PIXELS));
    }
  }

  /** What one task computes: output blocks of one group, and pixels. */
  private record Part(
      int image, int group, int firstBlock, int endBlock, int firstPixel, int pixels) {}

  int tasks() {
    return geometry.batch() * geometry.groups() * runs * ranges;
  }

  @Override
  public void run(Arguments arguments) {
    arguments.parallel(tasks(), task -> compute(arguments, part(task), OWN.get()));
  }

  private Part part(int task) {
    int range = task % ranges;
    int run = task / ranges % runs;
    int group = task / ranges / runs % geometry.groups();
    int firstPixel = bound(geometry.pixels(), run, runs);
    return new Part(
        task / ranges / runs / geometry.groups(),
        group,
        bound(geometry.outBlocks(), range, ranges),
        bound(geometry.outBlocks(), range + 1, ranges),
        firstPixel,
        bound(geometry.pixels(), run + 1, runs) - firstPixel);
  }

  private static int bound(int all, int part, int parts) {
    return (int) ((long) all * part / parts);
  }

  private void compute(Arguments a, Part part, Rows own) {
    int first = part.firstBlock * geometry.block();
    int end = Math.min(geometry.outChannels(), part.endBlock * geometry.block());
    for (int term = 0; term < rows.terms(); term += LONGEST_SUM) {
      for (int channel = first; channel < end; channel++) {
        Arrays.fill(own.sums[channel - first], 0, part.pixels, 0);
      }
      int last = Math.min(rows.terms(), term + LONGEST_SUM);
      for (int near = term; near < last; near += NEAR) {
        int count = Math.min(NEAR, last - near);
        gather(a, part, near, count, own.terms);
        for (int channel = first; channel < end; channel += 2) {
          add(a, part, channel, near, count, own);
        }
      }
      for (int channel = first; channel < end; channel++) {
        write(a, part, channel, term == 0, own.sums[channel - first]);
      }
    }
    for (int b = part.firstBlock; b < part.endBlock; b++) {
      int channels = Math.min(geometry.block(), geometry.outChannels() - b * geometry.block());
      EpilogueLoop.block(epilogue, loops, a, part.image, within(part, b), part.pixels, channels);
    }
  }

  /** Gathers rows of terms, and of zeros up to whole {@link FourTerms}. */
  private void gather(Arguments a, Part part, int term, int count, float[][] to) {
    View x = a.input(0);
    int firstChannel = part.group * geometry.channels();
    int taps = geometry.taps();
    for (int i = 0; i < count; i++) {
      int channel = firstChannel + (term + i) / taps;
      int tap = (term + i) % taps;
      rows.gather(x.data(), x.item(part.image), channel, tap, part.firstPixel, part.pixels, to[i]);
    }
    for (int i = count; i % FourTerms.COUNT != 0; i++) {
      Arrays.fill(to[i], 0, part.pixels, 0);
    }
  }

  /** Adds some terms to the sums of two channels; there is room for a last one's double. */
  private void add(Arguments a, Part part, int channel, int term, int count, Rows own) {
    View w = a.packed(0);
    int row = part.group * geometry.outChannels() + channel;
    int at = w.offset() + row * weights.length() + term;
    int next = channel + 1 < geometry.outChannels() ? weights.length() : 0;
    int sums = channel - part.firstBlock * geometry.block();
    float[] y = own.sums[sums];
    float[] z = own.sums[sums + 1];
    for (int i = 0; i < count; i += FourTerms.COUNT) {
      FourTerms.add(y, z, own.terms, i, w.data(), at + i, at + i + next, part.pixels);
    }
  }

  /** Adds sums to the bias, or to what was written before. */
  private void write(Arguments a, Part part, int channel, boolean isFirst, float[] sums) {
    int block = geometry.block();
    float[] y = a.output(0).data();
    int within = within(part, channel / block) + channel % block;
    int to = a.output(0).item(part.image) + within;
    View bias = a.packed(1);
    float start = bias.data()[bias.offset() + part.group * geometry.outChannels() + channel];
    for (int p = 0; p < part.pixels; p++, to += block) {
      y[to] = sums[p] + (isFirst ? start : y[to]);
    }
  }

  /** Elements of a batch item before a part's first pixel in an output block of its group. */
  private int within(Part part, int b) {
    int plane = part.group * geometry.outBlocks() + b;
    return (plane * geometry.pixels() + part.firstPixel) * geometry.block();
  }
}
