package io.clarinet.backend.jvm;

import io.clarinet.backend.Calibration;
import io.clarinet.kernel.Probe;

/** Measures what the JVM does at best on all threads of a pool. */
record JvmMeter(WorkerPool pool) {
  private static final int ROUNDS = 20;
  private static final int LAUNCHES = 1_000;

  /** Measured now, in about a fifth of a second. */
  Calibration measured(Probe arithmetic, Probe memory) {
    return Calibration.rounded(rate(arithmetic), rate(memory), launchSeconds());
  }

  private double rate(Probe probe) {
    return probe.amount() / shortest(() -> probe.work().accept(pool));
  }

  private double launchSeconds() {
    int tasks = pool.threads();
    return shortest(
            () -> {
              for (int i = 0; i < LAUNCHES; i++) {
                pool.parallel(tasks, task -> {});
              }
            })
        / LAUNCHES;
  }

  /** The shortest of some rounds: other load only ever slows the machine down. */
  private double shortest(Runnable work) {
    double shortest = Double.POSITIVE_INFINITY;
    pool.begin();
    try {
      for (int i = 0; i < ROUNDS; i++) {
        long start = System.nanoTime();
        work.run();
        shortest = Math.min(shortest, (System.nanoTime() - start) * 1e-9);
      }
    } finally {
      pool.end();
    }
    return shortest;
  }
}
