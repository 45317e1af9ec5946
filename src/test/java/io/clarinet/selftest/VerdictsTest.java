package io.clarinet.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.backend.BinaryCache;
import io.clarinet.selftest.Verdicts.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a device's kernels is kept, and told. */
class VerdictsTest {
  private static final String RIGHT = BinaryCache.key("right");
  private static final String WRONG = BinaryCache.key("wrong");
  private static final String OLD = BinaryCache.key("old");

  @TempDir Path folder;

  @Test
  void verdictsComeBackUntilTheyAreOld() {
    Verdict wrong = Verdict.struckOff("conv2d", "its self-test\ngives wrong values");
    Verdict old = new Verdict(Instant.now().getEpochSecond() - 31 * 86_400, "pool2d", "of May");
    Verdicts.of(folder, "device").add(Map.of(RIGHT, Verdict.right(), WRONG, wrong, OLD, old));
    Verdicts again = Verdicts.of(folder, "device");
    assertThat(again.on(RIGHT)).hasValueSatisfying(v -> assertThat(v.isRight()).isTrue());
    assertThat(again.on(WRONG)).contains(wrong);
    assertThat(again.on(OLD)).isEmpty();
    assertThat(again.struckOff()).containsExactly(wrong);
    assertThat(wrong.reason()).isEqualTo("its self-test gives wrong values");
    assertThat(Verdicts.of(folder, "another").isEmpty()).isTrue();
  }

  @Test
  void twoProcessesKeepWhatBothFound() {
    Verdicts one = Verdicts.of(folder, "device");
    Verdicts.of(folder, "device").add(Map.of(RIGHT, Verdict.right()));
    one.add(Map.of(WRONG, Verdict.struckOff("conv2d", "why")));
    Verdicts again = Verdicts.of(folder, "device");
    assertThat(again.on(RIGHT)).isPresent();
    assertThat(again.on(WRONG)).isPresent();
  }
}
