package io.clarinet.backend.jvm;

import io.clarinet.backend.Calibration;
import io.clarinet.backend.SpeedMeter;
import io.clarinet.kernel.Probe;
import io.clarinet.kernel.Speed;
import java.util.Arrays;
import java.util.List;

/** Measures what the JVM does at best on all threads of a pool. */
record JvmMeter(WorkerPool pool) {
  private static final int ROUNDS = 20;
  private static final int LAUNCHES = 1_000;

  /** Runs of which the best counts. */
  private static final int BURST = 6;

  /** Measured now, in about a fifth of a second. */
  Calibration measured(Probe arithmetic, Probe memory) {
    return Calibration.rounded(rate(arithmetic), rate(memory), launchSeconds());
  }

  /** Tells the speed again and again. */
  SpeedMeter bursts(Probe arithmetic, Probe memory, double launchSeconds) {
    return () -> Speed.measured(rateNow(arithmetic), rateNow(memory), launchSeconds);
  }

  private double rateNow(Probe probe) {
    double[] seconds = seconds(BURST, () -> probe.work().accept(pool));
    return probe.amount() / Arrays.stream(seconds).min().orElseThrow();
  }

  /** Best rates of probes, run in turn, so that what slows the machine down slows all of them. */
  double[] rates(List<Probe> probes) {
    double[] rates = new double[probes.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < rates.length; i++) {
        Probe probe = probes.get(i);
        double seconds = seconds(1, () -> probe.work().accept(pool))[0];
        rates[i] = Math.max(rates[i], probe.amount() / seconds);
      }
    }
    return rates;
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
    return Arrays.stream(seconds(ROUNDS, work)).min().orElseThrow();
  }

  private double[] seconds(int times, Runnable work) {
    double[] seconds = new double[times];
    pool.begin();
    try {
      for (int i = 0; i < times; i++) {
        long start = System.nanoTime();
        work.run();
        seconds[i] = (System.nanoTime() - start) * 1e-9;
      }
    } finally {
      pool.end();
    }
    return seconds;
  }
}
