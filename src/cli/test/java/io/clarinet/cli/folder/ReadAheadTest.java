package io.clarinet.cli.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
  private final AtomicInteger read = new AtomicInteger();

  private ReadAhead<String> ahead(int count, int first, int largest) {
    List<String> names = IntStream.range(0, count).mapToObj(String::valueOf).toList();
    return new ReadAhead<>(names, this::read, 3, first, largest);
  }

  private String read(String name) {
    read.incrementAndGet();
    return name;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theyComeInTheirOrderNeverMoreAheadThanTheWindow(boolean inTurns) {
    List<String> all = new ArrayList<>();
    try (ReadAhead<String> ahead = ahead(101, 2, 9)) {
      while (!ahead.isEmpty()) {
        all.addAll(ahead.take(4, inTurns));
        assertThat(read.get()).isLessThanOrEqualTo(all.size() + 9);
      }
    }
    assertThat(all).hasSize(101);
    assertThat(all).isEqualTo(IntStream.range(0, 101).mapToObj(String::valueOf).toList());
  }

  @Test
  void theFirstOnesDoNotWaitForAWholeWindow() {
    try (ReadAhead<String> ahead = ahead(100, 2, 64)) {
      assertThat(ahead.take(8, true)).containsExactly("0", "1");
      assertThat(read).hasValue(2);
      assertThat(ahead.take(8, true)).hasSize(4);
    }
  }

  @Test
  void inTurnsNothingIsReadBetween() {
    try (ReadAhead<String> ahead = ahead(100, 16, 16)) {
      ahead.take(4, true);
      assertThat(read).hasValue(16);
      ahead.take(4, true);
      assertThat(read).hasValue(16);
    }
  }

  /** The taker has the first, and the next one is read before it comes back. */
  @Test
  void elseReadingGoesOnMeanwhile() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);
    try (ReadAhead<String> ahead =
        new ReadAhead<>(
            List.of("1", "2"),
            name -> {
              if (name.equals("2")) {
                second.countDown();
              }
              return name;
            },
            1,
            1,
            1)) {
      assertThat(ahead.take(1, false)).containsExactly("1");
      second.await();
      assertThat(ahead.take(1, false)).containsExactly("2");
      assertThat(ahead.isEmpty()).isTrue();
    }
  }

  @Test
  void aFailureOfReadingIsTheTakers() {
    try (ReadAhead<String> ahead =
        new ReadAhead<>(
            List.of("1"),
            name -> {
              throw new IllegalStateException("broken");
            },
            1,
            1,
            1)) {
      assertThatThrownBy(() -> ahead.take(1, true))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("broken");
    }
  }
}
