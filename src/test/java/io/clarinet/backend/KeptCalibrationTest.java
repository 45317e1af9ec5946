package io.clarinet.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCalibrationTest {
  private static final Calibration BUSY = new Calibration(1e10, 4e10, 2e-5);
  private static final Calibration QUIET = new Calibration(4e11, 3e10, 5e-6);

  @TempDir Path folder;

  /** The calibration at the next start of the process. */
  private KeptCalibration start() {
    return new KeptCalibration(new BinaryCache(folder, 10), "device");
  }

  private static Calibration unmeasured() {
    throw new AssertionError("measured again");
  }

  @Test
  void noiseDoesNotChangeWhatIsKept() {
    assertThat(start().get(() -> BUSY)).isEqualTo(BUSY);
    assertThat(start().get(KeptCalibrationTest::unmeasured)).isEqualTo(BUSY);
  }

  @Test
  void whatIsDoubtedIsMeasuredAgainOnceAndTheBestKept() {
    start().get(() -> BUSY);
    start().doubt(BUSY);
    Calibration best = new Calibration(4e11, 4e10, 5e-6);
    assertThat(start().get(() -> QUIET)).isEqualTo(best);
    assertThat(start().get(KeptCalibrationTest::unmeasured)).isEqualTo(best);
  }

  @Test
  void aDoubtOfWhatWasReplacedMeanwhileDoesNotCount() {
    start().get(() -> QUIET);
    start().doubt(BUSY);
    assertThat(start().get(KeptCalibrationTest::unmeasured)).isEqualTo(QUIET);
  }

  @Test
  void whenItWasMeasuredIsKeptAndADoubtLeavesIt() {
    assertThat(start().measuredAt()).isEmpty();
    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    start().get(() -> BUSY);
    Optional<Instant> first = start().measuredAt();
    assertThat(first).hasValueSatisfying(at -> assertThat(at).isBetween(before, Instant.now()));
    start().doubt(BUSY);
    assertThat(start().measuredAt()).isEqualTo(first);
  }

  @Test
  void whatAnOlderVersionKeptStillCounts() {
    byte[] line = "2 4.0E11 3.0E10 5.0E-6".getBytes(StandardCharsets.UTF_8);
    new BinaryCache(folder, 10).put("device", line);
    assertThat(start().get(KeptCalibrationTest::unmeasured)).isEqualTo(QUIET);
    assertThat(start().measuredAt()).isEmpty();
  }

  @Test
  void whatEveryRunBeatsIsMeasuredAFewTimesAtMost() {
    int[] times = new int[1];
    for (int i = 0; i < 20; i++) {
      start()
          .get(
              () -> {
                times[0]++;
                return BUSY;
              });
      start().doubt(BUSY);
    }
    assertThat(times[0]).isEqualTo(8);
  }
}
