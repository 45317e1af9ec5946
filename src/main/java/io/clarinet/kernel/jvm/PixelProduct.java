package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.jvm.PartSplit.Part;
import java.util.Arrays;

/**
 * A planned convolution along pixels: rows of some terms are gathered, and added to the sums of all
 * output channels of a task while they are near. Packed constants: weights, bias.
 */
record PixelProduct(
    RowEpilogue epilogue,
    Geometry geometry,
    PixelRows rows,
    RowPacking weights,
    InnerLoops loops,
    PartSplit split)
    implements JvmKernel {

  @Override
  public void run(Arguments arguments) {
    arguments.parallel(
        split.tasks(geometry),
        task -> compute(arguments, split.part(geometry, task), NearRows.OWN.get()));
  }

  private void compute(Arguments a, Part part, NearRows own) {
    int first = part.firstBlock() * geometry.block();
    int end = Math.min(geometry.outChannels(), part.endBlock() * geometry.block());
    for (int term = 0; term < rows.terms(); term += NearRows.LONGEST_SUM) {
      for (int channel = first; channel < end; channel++) {
        Arrays.fill(own.sums()[channel - first], 0, part.pixels(), 0);
      }
      int last = Math.min(rows.terms(), term + NearRows.LONGEST_SUM);
      for (int near = term; near < last; near += NearRows.TERMS) {
        int count = Math.min(NearRows.TERMS, last - near);
        gather(a, part, near, count, own);
        for (int channel = first; channel < end; channel += 2) {
          add(a, part, channel, near, count, own);
        }
      }
      for (int channel = first; channel < end; channel++) {
        finish(a, part, channel, term == 0, last == rows.terms(), own.sums()[channel - first]);
      }
    }
    epilogue.blocks(loops, a, geometry, part);
  }

  /** Gathers rows of terms, and of zeros up to whole {@link FourTerms}. */
  private void gather(Arguments a, Part part, int term, int count, NearRows own) {
    rows.gather(a.input(0), part, term, count, own);
    for (int i = count; i % FourTerms.COUNT != 0; i++) {
      Arrays.fill(own.terms()[i], 0, part.pixels(), 0);
    }
  }

  /** Adds some terms to the sums of two channels; there is room for a last one's double. */
  private void add(Arguments a, Part part, int channel, int term, int count, NearRows own) {
    View w = a.packed(0);
    int row = part.group() * geometry.outChannels() + channel;
    int at = w.offset() + row * weights.length() + term;
    int next = channel + 1 < geometry.outChannels() ? weights.length() : 0;
    int sums = channel - part.firstBlock() * geometry.block();
    float[] y = own.sums()[sums];
    float[] z = own.sums()[sums + 1];
    for (int i = 0; i < count; i += FourTerms.COUNT) {
      FourTerms.add(y, z, own.terms(), i, w.data(), at + i, at + i + next, part.pixels());
    }
  }

  /** Adds the bias, or what was written before, and writes the sums of a channel. */
  private void finish(
      Arguments a, Part part, int channel, boolean isFirst, boolean isLast, float[] sums) {
    int block = geometry.block();
    float[] y = a.output(0).data();
    int within = part.within(geometry, channel / block) + channel % block;
    int to = a.output(0).item(part.image()) + within;
    View bias = a.packed(1);
    int biasAt = bias.offset() + part.group() * geometry.outChannels() + channel;
    if (isFirst) {
      add(sums, bias.data()[biasAt], part.pixels());
    } else {
      for (int p = 0; p < part.pixels(); p++) {
        sums[p] += y[to + p * block];
      }
    }
    if (isLast) {
      epilogue.row(sums, part.pixels());
    }
    Strided.scatter(sums, y, to, block, part.pixels());
  }

  private static void add(float[] row, float number, int count) {
    for (int i = 0; i < count; i++) {
      row[i] += number;
    }
  }
}
