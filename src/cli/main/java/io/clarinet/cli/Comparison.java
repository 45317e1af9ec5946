package io.clarinet.cli;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Paired timings of two engines.
 *
 * @param ratio the median of the paired ratios, ours to the peer's
 * @param low lower end of a 95 % bootstrap interval of that median
 * @param high its upper end
 */
record Comparison(double ratio, double low, double high) {
  private static final int RESAMPLES = 2000;

  static Comparison of(double[] ours, double[] peers) {
    double[] ratios = new double[ours.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours[i] / peers[i];
    }
    double[] medians = bootstrapMedians(ratios);
    return new Comparison(median(ratios), percentile(medians, 2.5), percentile(medians, 97.5));
  }

  /** {@code faster} or {@code slower} than the peer; {@code even} where the interval covers 1. */
  String verdict() {
    return high < 1 ? "faster" : low > 1 ? "slower" : "even";
  }

  /** Medians of resamples with replacement, from a fixed seed. */
  static double[] bootstrapMedians(double[] values) {
    RandomGenerator random = new Well19937c(1);
    double[] medians = new double[RESAMPLES];
    double[] resample = new double[values.length];
    for (int i = 0; i < RESAMPLES; i++) {
      Arrays.setAll(resample, k -> values[random.nextInt(values.length)]);
      medians[i] = median(resample);
    }
    return medians;
  }

  static double median(double[] values) {
    return percentile(values, 50);
  }

  static double percentile(double[] values, double p) {
    return new Percentile(p).evaluate(values);
  }
}
