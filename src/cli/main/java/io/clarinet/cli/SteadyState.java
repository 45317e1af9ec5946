package io.clarinet.cli;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * The state in which runs are timed: the JVM has compiled what runs. Of a small network that may
 * take a thousand runs, of a large one three.
 *
 * @param nanos the time
 * @param compiled nanoseconds that the JVM's compilers took until now
 */
record SteadyState(LongSupplier nanos, LongSupplier compiled) {
  private static final int FEWEST = 3;
  private static final long PERIOD = 500_000_000;
  private static final long LONGEST = 5_000_000_000L;

  /** Compilers at work for less than this share of a period are at rest. */
  private static final double AT_REST = 0.03;

  /** As this JVM tells; one that does not compile is always steady. */
  static SteadyState ofJvm() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    boolean tells = compiler != null && compiler.isCompilationTimeMonitoringSupported();
    return new SteadyState(
        System::nanoTime, () -> tells ? compiler.getTotalCompilationTime() * 1_000_000 : 0);
  }

  /** Runs something until it is steady, or that has taken too long: a compiler may never rest. */
  void reach(Runnable run) {
    for (int i = 0; i < FEWEST; i++) {
      run.run();
    }
    long end = nanos.getAsLong() + LONGEST;
    while (compiledDuring(run) > AT_REST * PERIOD && nanos.getAsLong() < end) {
      // once more
    }
  }

  private long compiledDuring(Runnable run) {
    long before = compiled.getAsLong();
    long end = nanos.getAsLong() + PERIOD;
    while (nanos.getAsLong() < end) {
      run.run();
    }
    return compiled.getAsLong() - before;
  }
}
