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

  /**
   * Else batches of 8 that were slow once, beside a compiler, would be avoided for good, and 9 run
   * as 16: a server stayed at the end of its strength so at 70 % of its load.
   */
  @Test
  void aTimeOfLongAgoDoesNotDecideForEver() {
    ran(16, 16_000);
    ran(8, 15_000);
    int filled = 0;
    for (int i = 0; i < 100; i++) {
      int together = pace.together(9);
      pace.ran(together == 8 ? 8 : 16, together == 8 ? 8_000 : 16_000);
      filled += together == 8 ? 1 : 0;
    }
    assertThat(filled).isBetween(60, 68);
  }

  /** Nor does a look at the slower size now and then cost much. */
  @Test
  void theSlowerSizeSeldomRuns() {
    ran(16, 16_000);
    ran(8, 8_000);
    int slower = 0;
    for (int i = 0; i < 330; i++) {
      int together = pace.together(9);
      pace.ran(together == 8 ? 8 : 16, 1_000L * (together == 8 ? 8 : 16));
      slower += together == 9 ? 1 : 0;
    }
    assertThat(slower).isBetween(1, 10);
  }

  /** 3 that seldom wait together do not run as 4 each time, only because 4 have not for long. */
  @Test
  void aSizeThatWasNotWantedIsNotDoubted() {
    ran(4, 4_000);
    ran(2, 2_000);
    for (int i = 0; i < 100; i++) {
      pace.ran(1, 1_000);
    }
    assertThat(pace.together(3)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 50", "4, 1, 1000", "4, 2, 1900", "3, 2, 950", "1, 1, 0", "1, 2, 0"})
  void whatMoreSaveIsWhatTheyWouldTakeApart(int more, int items, double nanos) {
    ran(1, 1_000);
    ran(2, 1_950);
    ran(4, 2_000);
    assertThat(pace.saved(items, more)).isEqualTo(nanos);
  }

  @Test
  void whatIsNotKnownMaySaveMuch() {
    ran(1, 1_000);
    assertThat(pace.saved(1, 16)).isInfinite();
  }

  /** Else one that was slow once would wait for others for good, and never show that it is not. */
  @Test
  void aSizeThatHasNotRunForLongDoesNotWait() {
    ran(1, 9_000);
    ran(2, 2_000);
    for (int i = 0; i < 31; i++) {
      assertThat(pace.saved(1, 2)).isEqualTo(16_000);
      pace.ran(2, 2_000);
    }
    assertThat(pace.saved(1, 2)).isZero();
  }

  /** A processor that others took for 10 ms says nothing of the next batch. */
  @Test
  void aBatchThatWasHeldUpCountsAsTwiceTheUsual() {
    ran(1, 1_000);
    ran(2, 2_000);
    pace.ran(1, 90_000);
    assertThat(pace.saved(1, 2)).isEqualTo(250);
  }
}
