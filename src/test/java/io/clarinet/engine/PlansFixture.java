package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Plans on a backend that counts, and threads that use them. */
abstract class PlansFixture {
  static final long ANY = Long.MAX_VALUE / 2;

  final CountingBackend backend = new CountingBackend();
  final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  static Specialisation.Key key(int length) {
    return new Specialisation.Key(List.of(Shape.of(length)), Map.of());
  }

  static Graph graph(Specialisation.Key key) {
    return CountingBackend.model().graph().specialised(Map.of("x", key.shapes().get(0)));
  }

  Plans plans(long bound) {
    return new Plans(new Subject("open", "counting"), backend.engine, bound, PlansFixture::graph);
  }

  long bytes(int length) {
    return backend.engine.bytes(backend.engine.plan(graph(key(length))));
  }

  /** Runs once; the length that the plan is for. */
  static int run(Plans plans, int length) {
    return plans.with(
        key(length),
        ready -> {
          ready.executable().run(List.of(), List.of());
          return ready.plan().inputs().get(0).place().shape().dim(0);
        });
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }
}
