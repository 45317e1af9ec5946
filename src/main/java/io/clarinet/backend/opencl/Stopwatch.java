package io.clarinet.backend.opencl;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Times work that is tried again and again, within bounds.
 *
 * @param clock nanoseconds
 */
record Stopwatch(LongSupplier clock) {
  /** Seconds after which no further try is begun. */
  static final double LONGEST = 0.5;

  static final Stopwatch REAL = new Stopwatch(System::nanoTime);

  /**
   * The least seconds of many tries. On a quiet machine the fewest suffice; where the best three
   * differ, the machine is loaded, and tries go on up to the most.
   */
  double best(int fewest, int most, Runnable work) {
    double[] seconds = new double[most];
    int done = 0;
    double spent = 0;
    do {
      seconds[done] = time(work);
      spent += seconds[done++];
      Arrays.sort(seconds, 0, done);
    } while (done < most && spent < LONGEST && (done < fewest || !agree(seconds)));
    return seconds[0];
  }

  private static boolean agree(double[] sorted) {
    return sorted[2] <= 1.03 * sorted[0];
  }

  /** Works for some seconds, and once at least. */
  void repeat(double seconds, Runnable work) {
    double spent = 0;
    do {
      spent += time(work);
    } while (spent < seconds);
  }

  private double time(Runnable work) {
    long start = clock.getAsLong();
    work.run();
    return (clock.getAsLong() - start) * 1e-9;
  }
}
