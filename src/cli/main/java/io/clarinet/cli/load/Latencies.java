package io.clarinet.cli.load;

import java.util.Arrays;

/** Times in nanoseconds, every one kept: percentiles are exact. For one thread. */
final class Latencies {
  private long[] times = new long[1024];
  private int count;

  void add(long nanos) {
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
    }
    times[count++] = nanos;
  }

  int count() {
    return count;
  }

  /**
   * The least time that this share of all does not exceed, in milliseconds; NaN of none.
   *
   * @param percent above 0, at most 100
   */
  double percentile(double percent) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(count * percent / 100) - 1] / 1e6;
  }
}
