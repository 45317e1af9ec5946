package io.clarinet.cli;

import io.clarinet.report.DeviceSpeed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How fast a device was beside some runs, as {@link io.clarinet.Speedometer} told.
 *
 * @param median of arithmetic and of memory, each by itself
 * @param slowest arithmetic
 * @param fastest arithmetic
 */
record PresentSpeed(DeviceSpeed median, double slowest, double fastest) {

  static PresentSpeed of(List<DeviceSpeed> speeds) {
    double[] peaks = all(speeds, DeviceSpeed::peakFlops);
    double[] reads = all(speeds, DeviceSpeed::bandwidth);
    return new PresentSpeed(
        new DeviceSpeed(Comparison.median(peaks), Comparison.median(reads)),
        Arrays.stream(peaks).min().orElseThrow(),
        Arrays.stream(peaks).max().orElseThrow());
  }

  private static double[] all(List<DeviceSpeed> speeds, ToDoubleFunction<DeviceSpeed> figure) {
    return speeds.stream().mapToDouble(figure).toArray();
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("peak_gflops", median.peakFlops() * 1e-9);
    json.put("peak_low_gflops", slowest * 1e-9);
    json.put("peak_high_gflops", fastest * 1e-9);
    json.put("bandwidth_gb_per_second", median.bandwidth() * 1e-9);
    return json;
  }

  /** Such as {@code 431 GFLOPS (402 to 455) and 38 GB/s}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f GFLOPS (%.0f to %.0f) and %.0f GB/s",
        median.peakFlops() * 1e-9,
        slowest * 1e-9,
        fastest * 1e-9,
        median.bandwidth() * 1e-9);
  }
}
