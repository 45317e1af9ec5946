package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchPaceTest {
  private final BatchPace pace = new BatchPace();

  /** Tells of a batch that is not the first of its size. */
  private void ran(int size, long took) {
    pace.ran(size, took);
    pace.ran(size, took);
  }

  /** Else a size whose plan was made late would be avoided, and so never run again. */
  @Test
  void theFirstBatchOfASizeCountsForNothing() {
    ran(8, 8_000);
    pace.ran(16, 5_000_000);
    assertThat(pace.together(12)).isEqualTo(12);
    pace.ran(16, 9_000);
    assertThat(pace.together(12)).isEqualTo(12);
  }

  @Test
  void allGoTogetherUntilBothSizesAreKnown() {
    assertThat(pace.together(9)).isEqualTo(9);
    ran(8, 1_000);
    assertThat(pace.together(9)).isEqualTo(9);
    assertThat(pace.together(7)).isEqualTo(7);
  }

  /** A device that a batch keeps busy: the time is the size's. */
  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "4, 4", "5, 4", "7, 4", "8, 8", "9, 8", "15, 8", "16, 16"})
  void whereTimeGrowsWithTheSizeNoRoomIsLeftEmpty(int items, int together) {
    for (int size = 1; size <= 16; size *= 2) {
      ran(size, 1_000L * size);
    }
    assertThat(pace.together(items)).isEqualTo(together);
  }

  /** A device that they do not: a batch's time is nearly the same whatever its size. */
  @ParameterizedTest
  @CsvSource({"3, 3", "5, 5", "9, 9", "15, 15"})
  void whereTimeHardlyGrowsAllGoTogether(int items, int together) {
    for (int size = 1; size <= 16; size *= 2) {
      ran(size, 10_000L + size);
    }
    assertThat(pace.together(items)).isEqualTo(together);
  }

  @Test
  void oneSlowBatchIsNotTheRule() {
    for (int i = 0; i < 10; i++) {
      pace.ran(8, 8_000);
      pace.ran(16, 9_000);
    }
    pace.ran(16, 12_000);
    assertThat(pace.together(12)).isEqualTo(12);
  }
}
