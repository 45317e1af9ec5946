package io.clarinet.image;

import java.util.Arrays;

/**
 * One axis of Pillow's antialiased resize (libImaging/Resample.c): a filter as wide as the
 * reduction, weights in fixed point, of which any window of the output can be had.
 *
 * @param first for each output pixel the first input pixel that it reads
 * @param weights for each output pixel the weights of the input pixels from there on
 */
record Resampling(int[] first, int[][] weights) {
  private static final int PRECISION = 32 - 8 - 2;

  /** Output pixels {@code from} to {@code from + count} of {@code in} pixels made {@code out}. */
  static Resampling window(int in, int out, int from, int count, ResizeFilter filter) {
    double scale = (double) in / out;
    double width = Math.max(scale, 1);
    double support = filter.support() * width;
    int[] first = new int[count];
    int[][] weights = new int[count][];
    for (int i = 0; i < count; i++) {
      double centre = (from + i + 0.5) * scale;
      int low = Math.max(0, (int) (centre - support + 0.5));
      int high = Math.min(in, (int) (centre + support + 0.5));
      first[i] = low;
      weights[i] = weights(centre - low, high - low, width, filter);
    }
    return new Resampling(first, weights);
  }

  private static int[] weights(double centre, int count, double width, ResizeFilter filter) {
    double[] weights = new double[count];
    double sum = 0;
    for (int j = 0; j < count; j++) {
      weights[j] = filter.weight((j - centre + 0.5) / width);
      sum += weights[j];
    }
    int[] fixed = new int[count];
    for (int j = 0; j < count; j++) {
      double weight = weights[j] / sum * (1 << PRECISION);
      fixed[j] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
    }
    return fixed;
  }

  /** The same where the input begins at its pixel {@code begin}. */
  Resampling from(int begin) {
    return new Resampling(Arrays.stream(first).map(f -> f - begin).toArray(), weights);
  }

  /** Number of output pixels. */
  int count() {
    return first.length;
  }

  /** The first input pixel that any output pixel reads. */
  int begin() {
    return first[0];
  }

  /** One past the last input pixel that any output pixel reads. */
  int end() {
    return first[count() - 1] + weights[count() - 1].length;
  }

  /** Resizes one line: RGB pixel {@code p} of the input lies at {@code start + p * step}. */
  void line(byte[] from, int start, int step, byte[] to, int toStart, int toStep) {
    for (int i = 0; i < count(); i++) {
      int[] w = weights[i];
      int source = start + first[i] * step;
      int r = 1 << (PRECISION - 1);
      int g = r;
      int b = r;
      for (int weight : w) {
        r += (from[source] & 0xff) * weight;
        g += (from[source + 1] & 0xff) * weight;
        b += (from[source + 2] & 0xff) * weight;
        source += step;
      }
      int target = toStart + i * toStep;
      to[target] = (byte) clip(r >> PRECISION);
      to[target + 1] = (byte) clip(g >> PRECISION);
      to[target + 2] = (byte) clip(b >> PRECISION);
    }
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(value, 255));
  }
}
