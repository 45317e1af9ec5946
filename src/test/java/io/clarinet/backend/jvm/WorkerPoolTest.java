package io.clarinet.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.kernel.Own;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
              int worker = pool.worker();
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

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** One index a thread, which wait for each other: returns only if all threads are alive. */
  static Set<Thread> all(WorkerPool pool, Runnable work) {
    CyclicBarrier barrier = new CyclicBarrier(pool.threads());
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    pool.parallel(
        pool.threads(),
        i -> {
          meet(barrier);
          threads.add(Thread.currentThread());
          if (pool.worker() != 0) {
            work.run();
          }
        });
    return threads;
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int endless(int depth) {
    return endless(depth + 1) + 1;
  }

  private static final class Odd extends Throwable {
    private static final long serialVersionUID = 1L;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwUnchecked(Throwable any) throws T {
    throw (T) any;
  }

  @Test
  void workersOutliveWhateverIsThrown() {
    try (WorkerPool pool = new WorkerPool(3)) {
      Set<Thread> before = all(pool, () -> {});
      assertThat(before).hasSize(3);
      assertThatThrownBy(
              () ->
                  all(
                      pool,
                      () -> {
                        throw new OutOfMemoryError("heap");
                      }))
          .isInstanceOf(OutOfMemoryError.class);
      assertThatThrownBy(() -> all(pool, () -> endless(0))).isInstanceOf(StackOverflowError.class);
      assertThatThrownBy(() -> all(pool, () -> throwUnchecked(new Odd())))
          .hasCauseInstanceOf(Odd.class);
      assertThat(all(pool, () -> {})).isEqualTo(before);
    }
  }

  @Test
  void workersStandBackForCallers() {
    try (WorkerPool pool = new WorkerPool(2)) {
      pool.begin();
      assertThat(all(pool, () -> {})).hasSize(2);
      pool.begin();
      for (int round = 0; round < 1_000; round++) {
        pool.parallel(8, i -> assertThat(pool.worker()).isZero());
      }
      Thread third = new Thread(pool::begin);
      third.start();
      awaitWaiting(third);
      pool.end();
      pool.end();
      assertThat(all(pool, () -> {})).hasSize(2);
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  @Test
  void aCallerLeavesItsOwnToTheNext() throws InterruptedException {
    Own<Object> own = new Own<>(Object::new);
    WorkerPool pool = new WorkerPool(2);
    WeakReference<Object> made = new WeakReference<>(ownWithin(pool, own));
    assertThat(made.refersTo(ownWithin(pool, own))).isTrue();
    pool.close();
    pool = new WorkerPool(1);
    assertThat(made.refersTo(ownWithin(pool, own))).isFalse();
    pool.close();
    awaitCleared(made);
  }

  private static Object ownWithin(WorkerPool pool, Own<?> own) {
    pool.begin();
    try {
      return own.get();
    } finally {
      pool.end();
    }
  }

  /** Returns when nothing holds what a reference was to, this thread included. */
  private static void awaitCleared(WeakReference<?> reference) throws InterruptedException {
    for (int i = 0; i < 100 && !reference.refersTo(null); i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(reference.refersTo(null)).isTrue();
  }

  @Test
  void poolsOfOneSizeAreOneAndEndWithTheLastShare() throws InterruptedException {
    PoolShare first = PoolShare.of(5);
    PoolShare second = PoolShare.of(5);
    try (PoolShare other = PoolShare.of(4)) {
      assertThat(second.pool()).isSameAs(first.pool()).isNotSameAs(other.pool());
    }
    first.close();
    first.close();
    Set<Thread> threads = all(second.pool(), () -> {});
    threads.remove(Thread.currentThread());
    assertThat(threads).hasSize(4).allMatch(Thread::isDaemon);
    assertThat(threads).allMatch(thread -> thread.getName().startsWith("clarinet-cpu-"));
    threads.forEach(WorkerPoolTest::awaitWaiting);
    second.close();
    for (Thread thread : threads) {
      thread.join();
    }
    try (PoolShare again = PoolShare.of(5)) {
      assertThat(all(again.pool(), () -> {})).hasSize(5).doesNotContainAnyElementsOf(threads);
    }
  }
}
