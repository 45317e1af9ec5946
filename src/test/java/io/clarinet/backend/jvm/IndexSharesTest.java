package io.clarinet.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexSharesTest {

  /** Takes all of a share, from its front if it is one's own. */
  private static List<Integer> takeAll(IndexShares shares, int share, boolean own) {
    List<Integer> taken = new ArrayList<>();
    for (long seen = shares.seen(share);
        IndexShares.next(seen, own) >= 0;
        seen = shares.seen(share)) {
      int run = IndexShares.next(seen, own);
      assertThat(shares.take(share, seen, own)).isTrue();
      for (int index = shares.first(run); index < shares.end(run); index++) {
        taken.add(index);
      }
    }
    return taken;
  }

  @Test
  void neighboursGoToOneThreadFromTheFrontAndToOthersFromTheBack() {
    IndexShares shares = new IndexShares(2);
    shares.begin(1, 7);
    assertThat(takeAll(shares, 0, true)).containsExactly(0, 1, 2);
    assertThat(takeAll(shares, 1, false)).containsExactly(6, 5, 4, 3);
  }

  @Test
  void fewerIndicesThanThreadsLeaveSharesEmpty() {
    IndexShares shares = new IndexShares(4);
    shares.begin(1, 1);
    List<Integer> taken = new ArrayList<>();
    for (int share = 0; share < 4; share++) {
      taken.addAll(takeAll(shares, share, true));
    }
    assertThat(taken).containsExactly(0);
  }

  @Test
  void asManyIndicesAsCanBeEndWithTheLast() {
    IndexShares shares = new IndexShares(1);
    shares.begin(1, Integer.MAX_VALUE);
    assertThat(shares.end(shares.runs() - 1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(shares.first(shares.runs() - 1)).isPositive();
  }

  @Test
  void nothingIsTakenOfALoopThatHasEnded() {
    IndexShares shares = new IndexShares(2);
    shares.begin(1, 10);
    long seen = shares.seen(0);
    shares.begin(2, 10);
    assertThat(shares.take(0, seen, true)).isFalse();
    assertThat(takeAll(shares, 0, true)).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "2, 1000", "3, 65535", "3, 65536", "4, 200001"})
  void eachIndexIsTakenOnceByThreadsThatRace(int threads, int indices) throws Exception {
    IndexShares shares = new IndexShares(threads);
    shares.begin(1, indices);
    AtomicIntegerArray taken = new AtomicIntegerArray(indices);
    List<Thread> racing = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      racing.add(new Thread(() -> race(shares, number, threads, taken)));
    }
    racing.forEach(Thread::start);
    for (Thread thread : racing) {
      thread.join();
    }
    for (int i = 0; i < indices; i++) {
      assertThat(taken.get(i)).isEqualTo(1);
    }
  }

  private static void race(IndexShares shares, int number, int threads, AtomicIntegerArray taken) {
    for (int i = 0; i < threads; i++) {
      int share = (number + i) % threads;
      for (long seen = shares.seen(share);
          IndexShares.next(seen, i == 0) >= 0;
          seen = shares.seen(share)) {
        int run = IndexShares.next(seen, i == 0);
        if (shares.take(share, seen, i == 0)) {
          for (int index = shares.first(run); index < shares.end(run); index++) {
            taken.incrementAndGet(index);
          }
        }
      }
    }
  }
}
