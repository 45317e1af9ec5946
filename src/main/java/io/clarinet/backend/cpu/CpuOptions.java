package io.clarinet.backend.cpu;

/**
 * How the JVM is used as a device.
 *
 * @param threads that work on a run together
 * @param lanes runs of one plan that may be in progress at a time
 * @param poison whether arenas are filled with NaN before each run, so that tests find what is read
 *     before it is written
 */
public record CpuOptions(int threads, int lanes, boolean poison) {

  public CpuOptions {
    if (threads < 1 || lanes < 1) {
      throw new IllegalArgumentException(threads + " threads and " + lanes + " lanes");
    }
  }

  /** A thread for each processor, one lane. */
  public static CpuOptions standard() {
    return new CpuOptions(Runtime.getRuntime().availableProcessors(), 1, false);
  }

  /** These with another number of threads. */
  public CpuOptions withThreads(int number) {
    return new CpuOptions(number, lanes, poison);
  }

  /** These with another number of lanes. */
  public CpuOptions withLanes(int number) {
    return new CpuOptions(threads, number, poison);
  }

  /** These with poisoned arenas. */
  public CpuOptions poisoned() {
    return new CpuOptions(threads, lanes, true);
  }
}
