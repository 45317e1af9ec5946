package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.op.Window2d;
import java.util.Arrays;

/**
 * What a run of output pixels reads for one term of their sums, gathered into a row: one tap of one
 * channel, zeros outside of the image.
 *
 * @param step elements between the pixels of a channel: 1 in plain images, else a block's
 */
record PixelRows(Geometry geometry, int step) {

  int terms() {
    return geometry.channels() * geometry.taps();
  }

  /**
   * Gathers a row.
   *
   * @param x from {@code image} on a batch item
   * @param channel of all groups
   */
  void gather(float[] x, int image, int channel, int tap, int firstPixel, int count, float[] row) {
    int plane = image + channel / step * step * geometry.inPixels() + channel % step;
    if (geometry.isIdentity()) {
      copy(x, plane + firstPixel * step, step, row, 0, count);
      return;
    }
    Window2d window = geometry.window();
    int down = tap / window.kernelW() * window.dilationH();
    int right = tap % window.kernelW() * window.dilationW();
    for (int p = 0; p < count; ) {
      int outColumn = (firstPixel + p) % geometry.outW();
      int width = Math.min(count - p, geometry.outW() - outColumn);
      int y = geometry.firstRow((firstPixel + p) / geometry.outW()) + down;
      if (y >= 0 && y < geometry.h()) {
        int at = plane + y * geometry.w() * step;
        columns(x, at, geometry.firstColumn(outColumn) + right, row, p, width);
      } else {
        Arrays.fill(row, p, p + width, 0);
      }
      p += width;
    }
  }

  /** Gathers from an image's row, the first at {@code column}, which may lie outside. */
  private void columns(float[] x, int at, int column, float[] row, int to, int width) {
    int stride = geometry.window().strideW();
    int first = Math.min(width, ceilDiv(Math.max(0, -column), stride));
    int end = Math.max(first, Math.min(width, ceilDiv(geometry.w() - column, stride)));
    Arrays.fill(row, to, to + first, 0);
    copy(x, at + (column + first * stride) * step, stride * step, row, to + first, end - first);
    Arrays.fill(row, to + end, to + width, 0);
  }

  private static void copy(float[] x, int at, int step, float[] row, int to, int count) {
    if (step == 1) {
      System.arraycopy(x, at, row, to, count);
    } else {
      for (int i = 0; i < count; i++) {
        row[to + i] = x[at + i * step];
      }
    }
  }
}
