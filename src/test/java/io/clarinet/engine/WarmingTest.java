package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Warming goes on as long as runs become faster, by a clock of the test's own. */
class WarmingTest {
  private long clock;

  /** Runs until they are warm; their number. */
  private int runs(IntUnaryOperator milliseconds) {
    return runs(false, milliseconds);
  }

  private int runs(boolean compiled, IntUnaryOperator milliseconds) {
    int[] runs = {0};
    Runnable run = () -> clock += 1_000_000L * milliseconds.applyAsInt(runs[0]++);
    Warming.by(run, compiled, () -> clock);
    return runs[0];
  }

  @Test
  void shortRunsAreRepeatedForAWhile() {
    assertThat(runs(run -> 1)).isEqualTo(1 + 300);
  }

  @Test
  void longRunsAreRepeatedUntilTheyAreNotFaster() {
    assertThat(runs(run -> 100)).isEqualTo(1 + 5);
    assertThat(runs(run -> run == 0 ? 9000 : 100)).isEqualTo(2 + 5);
    assertThat(runs(run -> 400 >> (run / 4))).isEqualTo(10);
  }

  /** As where a compiler comes to a step only after some runs. */
  @Test
  void oneRunThatIsNotFasterEndsNoShortRuns() {
    assertThat(runs(run -> run < 100 ? 2 : 1)).isEqualTo(100 + 1 + 300);
  }

  /** A server that is started again is to answer soon. */
  @Test
  void runsOfADriversKernelsAreFew() {
    assertThat(runs(true, run -> 1)).isEqualTo(1 + 5);
    assertThat(runs(true, run -> run < 3 ? 3 : 1)).isEqualTo(4 + 5);
  }

  @Test
  void runsThatBecomeFasterForEverEnd() {
    assertThat(runs(run -> 100_000 >> (run / 2))).isEqualTo(10);
  }
}
