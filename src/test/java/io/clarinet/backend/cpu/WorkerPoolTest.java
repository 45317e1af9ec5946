package io.clarinet.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

  /** Loops of every length, many in a row, so that threads are late for some of them. */
  @Test
  void everyIndexRunsOnce() {
    try (WorkerPool pool = new WorkerPool(4)) {
      for (int round = 0; round < 20_000; round++) {
        int count = round % 37;
        AtomicIntegerArray runs = new AtomicIntegerArray(count);
        pool.parallel(count, runs::incrementAndGet);
        for (int i = 0; i < count; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void workersAreNumberedApart() {
    try (WorkerPool pool = new WorkerPool(3)) {
      AtomicIntegerArray inside = new AtomicIntegerArray(pool.threads());
      for (int round = 0; round < 2_000; round++) {
        pool.parallel(
            16,
            i -> {
              int worker = WorkerPool.worker();
              if (inside.incrementAndGet(worker) != 1) {
                throw new AssertionError("two threads are worker " + worker);
              }
              inside.decrementAndGet(worker);
            });
      }
    }
  }

  @Test
  void callersAtOnceAllFinish() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try (WorkerPool pool = new WorkerPool(2)) {
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        all.add(
            callers.submit(
                () -> {
                  for (int round = 0; round < 2_000; round++) {
                    AtomicIntegerArray runs = new AtomicIntegerArray(9);
                    pool.parallel(9, runs::incrementAndGet);
                    for (int i = 0; i < 9; i++) {
                      assertThat(runs.get(i)).isEqualTo(1);
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void whatALoopThrowsIsThrownAndThePoolGoesOn() {
    try (WorkerPool pool = new WorkerPool(2)) {
      for (int round = 0; round < 100; round++) {
        assertThatThrownBy(
                () ->
                    pool.parallel(
                        20,
                        i -> {
                          if (i == 13) {
                            throw new IllegalStateException("13");
                          }
                        }))
            .hasMessage("13");
      }
      AtomicIntegerArray runs = new AtomicIntegerArray(5);
      pool.parallel(5, runs::incrementAndGet);
      assertThat(runs.toString()).isEqualTo("[1, 1, 1, 1, 1]");
    }
  }
}
