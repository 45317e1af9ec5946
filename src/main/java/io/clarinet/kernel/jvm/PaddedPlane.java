package io.clarinet.kernel.jvm;

import java.util.Arrays;

/**
 * The rows of one channel that a run of output pixels reads, with their padding: what its taps
 * gather lies in rows without edges. A thread's own, grown to the largest that it has seen.
 */
final class PaddedPlane {
  private float[] plane = {};
  private float[] packed = {};
  private int top;
  private int pitch;

  /**
   * Reads a channel.
   *
   * @param x its first pixel at {@code at}, its pixels {@code step} apart
   * @param firstRow of the output
   * @param endRow of the output
   */
  void read(Geometry g, float[] x, int at, int step, int firstRow, int endRow) {
    top = g.firstRow(firstRow);
    pitch = (g.outW() - 1) * g.window().strideW() + g.window().reachW();
    int rows = (endRow - 1 - firstRow) * g.window().strideH() + g.window().reachH();
    int first = Math.max(0, top);
    int count = Math.max(0, Math.min(g.h(), top + rows) - first);
    plane = grown(plane, rows * pitch);
    packed = grown(packed, count * g.w());
    Strided.gather(x, at + first * g.w() * step, step, packed, 0, count * g.w());
    Arrays.fill(plane, 0, rows * pitch, 0);
    int left = g.window().padding().left();
    int width = Math.max(0, Math.min(g.w(), pitch - left));
    for (int r = 0; r < count; r++) {
      System.arraycopy(packed, r * g.w(), plane, (first - top + r) * pitch + left, width);
    }
  }

  private static float[] grown(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }

  float[] data() {
    return plane;
  }

  /** Where the first window of an output row reads its tap. */
  int at(Geometry g, int outRow, int tap) {
    int down = tap / g.window().kernelW() * g.window().dilationH();
    int right = tap % g.window().kernelW() * g.window().dilationW();
    return (g.firstRow(outRow) + down - top) * pitch + right;
  }
}
