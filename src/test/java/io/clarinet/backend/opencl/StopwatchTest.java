package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger tries = new AtomicInteger();
  private final Stopwatch stopwatch = new Stopwatch(nanos::get);

  /** Work that takes so many milliseconds, the last for all further tries. */
  private Runnable taking(double... milliseconds) {
    return () -> {
      int index = Math.min(tries.getAndIncrement(), milliseconds.length - 1);
      nanos.addAndGet(Math.round(milliseconds[index] * 1e6));
    };
  }

  @Test
  void aQuietMachineIsAskedTheFewestTimes() {
    assertThat(stopwatch.best(4, 60, taking(1))).isEqualTo(1e-3);
    assertThat(tries).hasValue(4);
  }

  @Test
  void whereOthersAreAtWorkItTriesUntilTheBestAgree() {
    assertThat(stopwatch.best(4, 60, taking(7, 9, 8, 6, 5, 4, 3, 2, 1))).isEqualTo(1e-3);
    assertThat(tries).hasValue(11);
    tries.set(0);
    stopwatch.best(4, 6, taking(7, 9, 8, 6, 5, 4, 3, 2, 1));
    assertThat(tries).hasValue(6);
  }

  @Test
  void aSimulatorIsAskedOnce() {
    assertThat(stopwatch.best(16, 60, taking(40_000))).isEqualTo(40);
    assertThat(tries).hasValue(1);
    stopwatch.repeat(0.03, taking(40_000));
    assertThat(tries).hasValue(2);
  }

  @Test
  void aWarmUpLastsItsTime() {
    stopwatch.repeat(0.03, taking(1));
    assertThat(tries).hasValue(30);
  }
}
