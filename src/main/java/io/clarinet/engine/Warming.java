package io.clarinet.engine;

import java.util.function.LongSupplier;

/** Runs that warm a plan: kernels are compiled further, pages taken and caches filled meanwhile. */
public final class Warming {
  /** Runs that bring no faster run once these are as fast as they will be. */
  private static final int STEADY_RUNS = 5;

  /** Nanoseconds for the same where the JVM's compiler comes to kernels only after a while. */
  private static final long STEADY = 300_000_000;

  /** Nanoseconds after which it ends in any case, once there were {@link #FEW} runs. */
  private static final long LONGEST = 2_000_000_000;

  private static final int FEW = 10;

  /** Share of the fastest time that tells a faster run from one that is not. */
  private static final double FASTER = 0.9;

  private Warming() {}

  /**
   * Runs until no run has become faster for a while.
   *
   * @param compiled whether kernels are machine code from their first run on, as a driver's are
   * @param clock as {@link System#nanoTime}
   */
  public static void by(Runnable run, boolean compiled, LongSupplier clock) {
    long steady = compiled ? 0 : STEADY;
    long begun = clock.getAsLong();
    long fastest = Long.MAX_VALUE;
    long fastestAt = begun;
    int since = 0;
    long now = begun;
    for (int runs = 0; runs < FEW || now - begun < LONGEST; runs++) {
      long start = now;
      run.run();
      now = clock.getAsLong();
      since++;
      if (now - start < FASTER * fastest) {
        fastest = now - start;
        fastestAt = now;
        since = 0;
      } else if (since >= STEADY_RUNS && now - fastestAt >= steady) {
        return;
      }
    }
  }
}
