package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.backend.DeviceException;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.graph.Graph;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans are made once, stay within their bound, and never leave while they are used. */
class PlansTest {
  private static final long ANY = Long.MAX_VALUE / 2;

  private final CountingBackend backend = new CountingBackend();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private static Specialisation.Key key(int length) {
    return new Specialisation.Key(List.of(Shape.of(length)), Map.of());
  }

  private static Graph graph(Specialisation.Key key) {
    return CountingBackend.model().graph().specialised(Map.of("x", key.shapes().get(0)));
  }

  private Plans plans(long bound) {
    return new Plans(backend.engine, bound, PlansTest::graph);
  }

  private long bytes(int length) {
    return backend.engine.bytes(backend.engine.plan(graph(key(length))));
  }

  /** Runs once; the length that the plan is for. */
  private static int run(Plans plans, int length) {
    return plans.with(
        key(length),
        ready -> {
          ready.executable().run(List.of(), List.of());
          return ready.plan().inputs().get(0).place().shape().dim(0);
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  @Test
  void aShapeThatManyAskForIsPlannedOnce() throws Exception {
    CountDownLatch mayLoad = new CountDownLatch(1);
    CountDownLatch loading = new CountDownLatch(1);
    backend.loading =
        plan -> {
          loading.countDown();
          await(mayLoad);
        };
    try (Plans plans = plans(ANY)) {
      List<Future<Integer>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        runs.add(threads.submit(() -> run(plans, 5)));
      }
      await(loading);
      mayLoad.countDown();
      for (Future<Integer> run : runs) {
        assertThat(run.get()).isEqualTo(5);
      }
      assertThat(plans.made()).isEqualTo(1);
      assertThat(backend.loads).hasValue(1);
    }
  }

  @Test
  void othersArePlannedAndRunWhileOneIsPlanned() throws Exception {
    CountDownLatch mayLoad = new CountDownLatch(1);
    CountDownLatch loading = new CountDownLatch(1);
    try (Plans plans = plans(ANY)) {
      run(plans, 1);
      backend.loading =
          plan -> {
            if (plan.inputs().get(0).place().shape().dim(0) == 2) {
              loading.countDown();
              await(mayLoad);
            }
          };
      Future<Integer> slow = threads.submit(() -> run(plans, 2));
      await(loading);
      assertThat(run(plans, 1)).isEqualTo(1);
      assertThat(run(plans, 3)).isEqualTo(3);
      assertThat(slow).isNotDone();
      mayLoad.countDown();
      assertThat(slow.get()).isEqualTo(2);
    }
  }

  @Test
  void asManyAreKeptAsFit() {
    try (Plans plans = plans(10 * bytes(16))) {
      for (int round = 0; round < 3; round++) {
        for (int length = 7; length <= 16; length++) {
          run(plans, length);
        }
      }
      assertThat(plans.made()).isEqualTo(10);
      assertThat(plans.count()).isEqualTo(10);
    }
  }

  @Test
  void theOneUsedLongestAgoGivesWay() {
    try (Plans plans = plans(2 * bytes(16))) {
      run(plans, 16);
      run(plans, 15);
      run(plans, 16);
      run(plans, 14);
      assertThat(plans.made()).isEqualTo(3);
      run(plans, 16);
      assertThat(plans.made()).isEqualTo(3);
      run(plans, 15);
      assertThat(plans.made()).isEqualTo(4);
    }
  }

  @Test
  void thoseInUseCountToo() throws Exception {
    Random random = Fresh.random();
    long bound = bytes(100_000) + bytes(50_000);
    try (Plans plans = plans(bound)) {
      List<Future<Integer>> runs = new ArrayList<>();
      List<Integer> lengths = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        int length = 10_000 * (1 + random.nextInt(12));
        lengths.add(length);
      }
      ExecutorService callers = Executors.newFixedThreadPool(6);
      lengths.forEach(length -> runs.add(callers.submit(() -> run(plans, length))));
      for (int i = 0; i < runs.size(); i++) {
        assertThat(runs.get(i).get(1, TimeUnit.MINUTES)).isEqualTo(lengths.get(i));
      }
      callers.shutdown();
      assertThat(backend.most.get()).isPositive().isLessThanOrEqualTo(bound);
    }
    assertThat(backend.bytes).hasValue(0);
  }

  @Test
  void aPlanInUseLeavesAfterItsRunAndTheNewOneWaits() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (Plans plans = plans(bytes(9))) {
      backend.running =
          plan -> {
            running.countDown();
            await(mayEnd);
          };
      Future<Integer> first = threads.submit(() -> run(plans, 8));
      await(running);
      Thread second = new Thread(() -> run(plans, 9));
      second.start();
      awaitWaiting(second);
      assertThat(backend.loads).hasValue(1);
      assertThat(backend.loaded).hasValue(1);
      mayEnd.countDown();
      assertThat(first.get()).isEqualTo(8);
      second.join();
      assertThat(backend.most.get()).isEqualTo(bytes(9));
      assertThat(plans.count()).isEqualTo(1);
    }
  }

  @Test
  void whatIsLargerThanTheBoundIsLoadedAlone() {
    try (Plans plans = plans(bytes(9) + bytes(8))) {
      run(plans, 8);
      run(plans, 9);
      assertThat(run(plans, 1_000_000)).isEqualTo(1_000_000);
      assertThat(backend.most.get()).isEqualTo(bytes(1_000_000));
      run(plans, 8);
      assertThat(backend.bytes.get()).isEqualTo(bytes(8));
    }
  }

  @Test
  void whatTheDeviceHasNoRoomForTakesThatOfIdlePlans() {
    backend.loading =
        plan -> {
          if (backend.loaded.get() == 3) {
            throw new DeviceException("no buffer");
          }
        };
    try (Plans plans = plans(ANY)) {
      for (int length = 1; length <= 4; length++) {
        assertThat(run(plans, length)).isEqualTo(length);
      }
      assertThat(plans.count()).isEqualTo(1);
      backend.loading =
          plan -> {
            throw new OutOfMemoryError("heap");
          };
      assertThatThrownBy(() -> run(plans, 5)).isInstanceOf(OutOfMemoryError.class);
    }
    assertThat(backend.bytes).hasValue(0);
  }

  @Test
  void aFailureIsTriedAgainTheNextTime() {
    AtomicInteger calls = new AtomicInteger();
    try (Plans plans =
        new Plans(
            backend.engine,
            ANY,
            key -> {
              if (calls.getAndIncrement() == 0) {
                throw new IllegalArgumentException("first");
              }
              return graph(key);
            })) {
      assertThatThrownBy(() -> run(plans, 3)).hasMessage("first");
      assertThat(plans.count()).isZero();
      assertThat(run(plans, 3)).isEqualTo(3);
    }
  }

  @Test
  void aKernelRejectedWhileLoadingOrRunningIsPlannedAround() {
    backend.loading = plan -> reject("one", plan.device().struckOff());
    backend.running = plan -> reject("two", plan.device().struckOff());
    try (Plans plans = plans(ANY)) {
      run(plans, 3);
      assertThat(backend.engine.profile().struckOff()).containsOnlyKeys("one", "two");
      backend.running =
          plan -> {
            throw new KernelRejectedException("two", "again");
          };
      assertThatThrownBy(() -> run(plans, 3)).hasMessage("again");
    }
    assertThat(backend.bytes).hasValue(0);
  }

  private static void reject(String kernel, Map<String, String> known) {
    if (!known.containsKey(kernel)) {
      throw new KernelRejectedException(kernel, "does not build");
    }
  }

  @Test
  void whatIsUsedOnceIsNotKept() {
    try (Plans plans = plans(ANY)) {
      String name = plans.once(graph(key(6)), ready -> ready.graph().name());
      assertThat(name).isEqualTo("open");
      assertThat(plans.count()).isZero();
      assertThat(backend.bytes).hasValue(0);
      assertThat(backend.loads).hasValue(1);
    }
  }

  @Test
  void closingWaitsForRunsAndRefusesLaterOnes() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    backend.running =
        plan -> {
          running.countDown();
          await(mayEnd);
        };
    Plans plans = plans(ANY);
    Future<Integer> run = threads.submit(() -> run(plans, 4));
    await(running);
    Thread closing = new Thread(plans::close);
    closing.start();
    awaitWaiting(closing);
    assertThatThrownBy(() -> run(plans, 4)).hasMessage("the session is closed");
    assertThat(backend.closed).isFalse();
    mayEnd.countDown();
    assertThat(run.get()).isEqualTo(4);
    closing.join();
    assertThat(backend.closed).isTrue();
    assertThat(backend.bytes).hasValue(0);
  }
}
