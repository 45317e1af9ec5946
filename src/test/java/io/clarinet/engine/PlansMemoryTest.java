package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.backend.DeviceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Plans stay within their bound of memory, and never leave while they are used. */
class PlansMemoryTest extends PlansFixture {
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
}
