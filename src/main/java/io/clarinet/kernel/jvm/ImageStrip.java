package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.View;
import java.util.Arrays;

/**
 * The rows of a plain image that one output row reads, with their padding: for each kernel row, for
 * each channel, one input row. A {@link RegisterTile} reads the window of a pixel in it, a run of
 * kernel columns at each step, so that nothing is gathered by pixel and tap.
 *
 * @param geometry without dilation of columns
 */
record ImageStrip(Geometry geometry) {

  /** Runs of a window. */
  int steps() {
    return geometry.window().kernelH() * geometry.channels();
  }

  /** Terms of a run. */
  int run() {
    return geometry.window().kernelW();
  }

  /** Pixels of a row that are computed, at least a tile's. */
  int columns() {
    return Math.max(geometry.outW(), RegisterTile.PIXELS);
  }

  /** Elements of a row. */
  int width() {
    return (columns() - 1) * geometry.window().strideW() + run();
  }

  int floats() {
    return steps() * width();
  }

  /** Fills the strip of an output row from an image that begins at {@code xAt}. */
  void fill(View x, int xAt, int outRow, float[] strip, int to) {
    int first = geometry.firstRow(outRow);
    int at = to;
    for (int k = 0; k < geometry.window().kernelH(); k++) {
      int row = first + k * geometry.window().dilationH();
      for (int c = 0; c < geometry.channels(); c++) {
        if (row >= 0 && row < geometry.h()) {
          copy(x.data(), xAt + (c * geometry.h() + row) * geometry.w(), strip, at);
        } else {
          Arrays.fill(strip, at, at + width(), 0);
        }
        at += width();
      }
    }
  }

  private void copy(float[] x, int from, float[] strip, int to) {
    int left = Math.min(geometry.window().padding().left(), width());
    int count = Math.min(geometry.w(), width() - left);
    Arrays.fill(strip, to, to + left, 0);
    System.arraycopy(x, from, strip, to + left, count);
    Arrays.fill(strip, to + left + count, to + width(), 0);
  }
}
