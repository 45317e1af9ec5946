package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.backend.KernelRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Plans are made once, whoever asks, and closed after their last use. */
class PlansTest extends PlansFixture {
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
  void aFailureIsTriedAgainTheNextTime() {
    AtomicInteger calls = new AtomicInteger();
    try (Plans plans =
        new Plans(
            new Subject("open", "counting"),
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
