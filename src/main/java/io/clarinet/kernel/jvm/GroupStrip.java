package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.View;
import java.util.Arrays;

/**
 * The input rows that one output row of one block of output channels reads, with their padding,
 * pixel by pixel in the order of a sum's terms: a term is a block, with the input of each lane's
 * own group, or, where the block is of one group, a single element. Rows lie in a ring, so that the
 * next output row needs only what is new to it, and all stays near.
 */
record GroupStrip(Geometry geometry) {

  /** Whether each block of output channels is of one group. */
  boolean single() {
    return geometry.outChannels() % geometry.block() == 0;
  }

  /** Elements of a term. */
  int termFloats() {
    return single() ? 1 : geometry.block();
  }

  private int pixelFloats() {
    return geometry.channels() * termFloats();
  }

  /** Pixels of a row. */
  private int width() {
    return (geometry.outW() - 1) * geometry.window().strideW() + geometry.window().reachW();
  }

  private int rowFloats() {
    return width() * pixelFloats();
  }

  private int ringRows() {
    return geometry.window().reachH();
  }

  /** Elements, with those that a tile wider than the rows reads behind the end. */
  int floats() {
    return ringRows() * rowFloats() + GroupTile.PIXELS * step();
  }

  /** Elements between output pixels. */
  int step() {
    return geometry.window().strideW() * pixelFloats();
  }

  /** Whether the columns of a kernel row follow each other, which then is one run. */
  private boolean wholeRows() {
    return geometry.window().dilationW() == 1;
  }

  /** Terms of a run. */
  int run() {
    return geometry.channels() * (wholeRows() ? geometry.window().kernelW() : 1);
  }

  /** Where the runs of a row's first pixel begin, for each place of its first row in the ring. */
  int[][] places() {
    int columns = wholeRows() ? 1 : geometry.window().kernelW();
    int[][] places = new int[ringRows()][geometry.window().kernelH() * columns];
    for (int start = 0; start < places.length; start++) {
      for (int i = 0; i < places[start].length; i++) {
        int row = start + i / columns * geometry.window().dilationH();
        int column = i % columns * geometry.window().dilationW();
        places[start][i] = row % ringRows() * rowFloats() + column * pixelFloats();
      }
    }
    return places;
  }

  /** The place in the ring of the first input row of an output row, counted from a task's first. */
  int start(int outRow) {
    return outRow * geometry.window().strideH() % ringRows();
  }

  /**
   * Reads the rows of an output row that the one before has not read.
   *
   * @param image where the image begins
   * @param firstRow output row with which the task begins
   * @param next output row, counted from that
   */
  void fill(
      View x, int image, int outBlock, int firstRow, int next, Lanes lanes, float[] ring, int at) {
    int stride = geometry.window().strideH();
    int kept = next == 0 ? 0 : Math.max(0, ringRows() - stride);
    for (int r = next * stride + kept; r < next * stride + ringRows(); r++) {
      int row = geometry.firstRow(firstRow) + r;
      int to = at + r % ringRows() * rowFloats();
      if (row < 0 || row >= geometry.h()) {
        Arrays.fill(ring, to, to + rowFloats(), 0);
      } else {
        row(x.data(), image, outBlock, row, lanes, ring, to);
      }
    }
  }

  private void row(float[] x, int image, int outBlock, int row, Lanes lanes, float[] ring, int to) {
    int left = Math.min(geometry.window().padding().left(), width());
    int count = Math.min(geometry.w(), width() - left);
    int from = to + left * pixelFloats();
    int end = from + count * pixelFloats();
    Arrays.fill(ring, to, from, 0);
    Arrays.fill(ring, end, to + rowFloats(), 0);
    int at = image + row * geometry.w() * geometry.block();
    int own = at + outBlock * geometry.inPixels() * geometry.block();
    if (!single() && sharesBlock() && geometry.channels() == 1) {
      System.arraycopy(x, own, ring, from, count * geometry.block());
    } else if (!single() && sharesBlock()) {
      lanes.spread(x, own, count, geometry.channels(), ring, from);
    } else if (single() && geometry.channels() % geometry.block() == 0) {
      copy(x, at, outBlock, count, lanes, ring, from);
    } else {
      pick(x, at, outBlock, count, ring, from);
    }
  }

  /** Whether a block of outputs reads the block of inputs of the same number alone. */
  private boolean sharesBlock() {
    return geometry.channels() == geometry.outChannels()
        && geometry.block() % geometry.channels() == 0;
  }

  /** Copies whole blocks, which are all of one group. */
  private void copy(
      float[] x, int at, int outBlock, int pixels, Lanes lanes, float[] ring, int to) {
    int group = outBlock * geometry.block() / geometry.outChannels();
    if (geometry.inBlocks() == 1) {
      int from = at + group * geometry.inPixels() * geometry.block();
      System.arraycopy(x, from, ring, to, pixels * geometry.block());
      return;
    }
    int plane = geometry.inPixels() * geometry.block();
    for (int b = 0; b < geometry.inBlocks(); b++) {
      int from = at + (group * geometry.inBlocks() + b) * plane;
      int place = to + b * geometry.block();
      lanes.copy(x, from, geometry.block(), pixels, ring, place, pixelFloats());
    }
  }

  private void pick(float[] x, int at, int outBlock, int pixels, float[] ring, int to) {
    int c = geometry.block();
    int last = geometry.groups() * geometry.outChannels() - 1;
    for (int lane = 0; lane < termFloats(); lane++) {
      int group = Math.min(outBlock * c + lane, last) / geometry.outChannels();
      for (int term = 0; term < geometry.channels(); term++) {
        int channel = group * geometry.channels() + term;
        int from = at + (channel / c * geometry.inPixels()) * c + channel % c;
        for (int p = 0; p < pixels; p++) {
          int place = to + p * pixelFloats() + term * termFloats() + lane;
          ring[place] = x[from + p * c];
        }
      }
    }
  }
}
