package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadyStateTest {
  private static final long MS = 1_000_000;

  private long nanos;
  private long compiled;
  private int runs;

  private void reach(long perRun, int compiledRuns) {
    new SteadyState(() -> nanos, () -> compiled)
        .reach(
            () -> {
              runs++;
              nanos += perRun;
              compiled += runs <= compiledRuns ? perRun : 0;
            });
  }

  @Test
  void whatIsCompiledRunsForHalfASecondMore() {
    reach(MS, 0);
    assertThat(runs).isEqualTo(3 + 500);
  }

  /** At batch 1 a small network's loops are compiled after hundreds of runs. */
  @Test
  void itRunsAsLongAsSomethingIsCompiled() {
    reach(MS, 700);
    assertThat(runs).isEqualTo(3 + 3 * 500);
  }

  @Test
  void aLargeNetworkRunsFourTimes() {
    reach(800 * MS, 3);
    assertThat(runs).isEqualTo(4);
  }

  @Test
  void aCompilerThatNeverRestsIsNotWaitedFor() {
    reach(10 * MS, Integer.MAX_VALUE);
    assertThat(nanos).isBetween(5_000 * MS, 5_600 * MS);
  }

  @Test
  void thisJvmTellsWhatItCompiled() {
    assertThat(SteadyState.ofJvm().compiled().getAsLong()).isPositive();
  }
}
