package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.engine.CountingBackend;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs wait for their turn in order, within a bound, until they are cancelled or their turn comes.
 */
@Timeout(60)
class SessionAsyncTest {
  private final CountingBackend backend = new CountingBackend();
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  /** The lengths of the vectors that were run, in their order. */
  private final List<Long> ran = Collections.synchronizedList(new ArrayList<>());

  private Session open(int mostWaiting) {
    backend.running =
        plan -> {
          ran.add(plan.inputs().get(0).place().shape().size());
          running.countDown();
          await(mayEnd);
        };
    Device device = new Device("fake", "fake", "fake", "gpu", "1", true, "", "fake", "");
    return new Session(
        CountingBackend.model().graph(),
        device,
        SessionOptions.EXACT.withMostWaiting(mostWaiting),
        wanted -> backend.engine);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<Tensor> run(Session session, int length) {
    return session.runAsync(Tensor.zeros(Shape.of(length)));
  }

  @Test
  void whatWaitsRunsInOrderUnlessItIsCancelled() {
    try (Session session = open(8)) {
      CompletableFuture<Tensor> first = run(session, 1);
      await(running);
      List<CompletableFuture<Tensor>> waiting =
          IntStream.rangeClosed(2, 6).mapToObj(length -> run(session, length)).toList();
      assertThat(waiting.get(1).cancel(true)).isTrue();
      assertThat(waiting.get(1)).isCancelled();
      waiting.get(3).completeExceptionally(new IllegalStateException("not wanted any more"));
      assertThat(first.cancel(true)).as("it is under way").isFalse();
      mayEnd.countDown();
      assertThat(waiting.get(4).join().shape()).isEqualTo(Shape.of(6));
      assertThat(first.join().shape()).isEqualTo(Shape.of(1));
      assertThat(first.cancel(true)).as("it has ended").isFalse();
      assertThat(ran).containsExactly(1L, 2L, 4L, 6L);
    }
  }

  @Test
  void moreThanMayWaitAreRefusedUntilThereIsRoom() {
    try (Session session = open(2)) {
      assertThat(run(session, 1)).isNotDone();
      await(running);
      assertThat(run(session, 2)).isNotDone();
      CompletableFuture<Tensor> last = run(session, 3);
      assertThatThrownBy(() -> run(session, 4).join())
          .hasCauseInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("2 runs wait already; SessionOptions.withMostWaiting");
      last.cancel(false);
      assertThat(run(session, 5).completeExceptionally(new IllegalStateException("late"))).isTrue();
      CompletableFuture<Tensor> room = run(session, 6);
      mayEnd.countDown();
      room.join();
      assertThat(ran).containsExactly(1L, 2L, 6L);
    }
  }

  @Test
  void closingFailsWhatWaitsAndEndsWhatRuns() throws Exception {
    Session session = open(8);
    CompletableFuture<Tensor> first = run(session, 1);
    await(running);
    CompletableFuture<Tensor> second = run(session, 2);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(session::close);
    assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the session is closed");
    assertThat(closing).isNotDone();
    mayEnd.countDown();
    assertThat(first.join().shape()).isEqualTo(Shape.of(1));
    closing.join();
    assertThatThrownBy(() -> run(session, 3).join()).hasMessageContaining("the session is closed");
    assertThat(ran).containsExactly(1L);
  }

  @Test
  void resultsAndFaultsAreThoseOfRuns() {
    try (Session session = CountingBackend.model().open(Device.cpu())) {
      Tensor x = Tensor.of(Shape.of(3), -1, 2, -3);
      assertThat(session.runAsync(x).join().toFloatArray()).containsExactly(0, 2, 0);
      assertThat(session.runAsync(List.of(x)).join().get(0).toFloatArray())
          .containsExactly(0, 2, 0);
      assertThat(session.runAsync(Map.of("x", x)).join().get("y").toFloatArray())
          .containsExactly(0, 2, 0);
      assertThatThrownBy(() -> session.runAsync(Tensor.zeros(Shape.of(1, 1))).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("does not accept FLOAT32 1x1");
    }
    assertThatThrownBy(() -> SessionOptions.EXACT.withMostWaiting(0)).hasMessageContaining("not 0");
  }
}
