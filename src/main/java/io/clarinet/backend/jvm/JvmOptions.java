package io.clarinet.backend.jvm;

/**
 * Options of the JVM as a device.
 *
 * @param threads that work on a run together
 * @param lanes runs of one plan that may be in progress at a time
 * @param poison whether arenas are filled with NaN before each run, so that tests find what is read
 *     before it is written
 */
public record JvmOptions(int threads, int lanes, boolean poison) {

  public JvmOptions {
    if (threads < 1 || lanes < 1) {
      throw new IllegalArgumentException(threads + " threads and " + lanes + " lanes");
    }
  }

  /** A thread for each processor, one lane. */
  public static JvmOptions standard() {
    return new JvmOptions(Runtime.getRuntime().availableProcessors(), 1, false);
  }

  /** These options with another number of threads. */
  public JvmOptions withThreads(int number) {
    return new JvmOptions(number, lanes, poison);
  }

  /** These options with another number of lanes. */
  public JvmOptions withLanes(int number) {
    return new JvmOptions(threads, number, poison);
  }

  /** These options with poisoned arenas. */
  public JvmOptions poisoned() {
    return new JvmOptions(threads, lanes, true);
  }
}
