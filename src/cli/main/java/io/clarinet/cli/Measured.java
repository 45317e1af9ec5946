package io.clarinet.cli;

import io.clarinet.report.Timeline;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The measured times of one plan's runs.
 *
 * @param steps median seconds of each step
 * @param total median seconds of a whole run, transfers and gaps included
 */
record Measured(double[] steps, double total) {

  static Measured of(List<Timeline> runs) {
    List<double[]> all = runs.stream().map(Timeline::stepSeconds).toList();
    double[] steps = new double[runs.get(0).steps()];
    Arrays.setAll(steps, step -> median(all, run -> run[step]));
    return new Measured(steps, median(runs, Timeline::seconds));
  }

  private static <T> double median(List<T> runs, ToDoubleFunction<T> seconds) {
    return Comparison.median(runs.stream().mapToDouble(seconds).toArray());
  }

  /** All steps together. */
  double sum() {
    return Arrays.stream(steps).sum();
  }
}
