package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.engine.BatchQueue.Request;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchQueueTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final long MS = 1_000_000;

  private static Request request(int items) {
    Tensor input = Tensor.zeros(Shape.of(items, 2));
    return new Request(List.of(input), items, System.nanoTime(), new CompletableFuture<>());
  }

  /** Of batches of 1, 2, 4, … items. */
  private static BatchPace pace(long... nanos) {
    BatchPace pace = new BatchPace();
    for (int i = 0; i < nanos.length; i++) {
      pace.ran(1 << i, nanos[i]);
      pace.ran(1 << i, nanos[i]);
    }
    return pace;
  }

  private static List<Integer> taken(BatchQueue queue) throws InterruptedException {
    return queue.take().stream().map(Request::items).toList();
  }

  @Test
  void aBatchIsCutToWhatHadBetterGoTogether() throws InterruptedException {
    BatchQueue queue = new BatchQueue(16, Duration.ZERO, 100, pace(1, 2, 4, 40));
    for (int items : new int[] {1, 1, 1, 2}) {
      queue.add(request(items));
    }
    assertThat(taken(queue)).containsExactly(1, 1, 1);
    assertThat(taken(queue)).containsExactly(2);
    queue.add(request(6));
    queue.add(request(1));
    assertThat(taken(queue)).as("at least one").containsExactly(6);
    assertThat(taken(queue)).containsExactly(1);
  }

  /** The one that fills a batch wakes who waits for it, and so does the first of all. */
  @Test
  void whoWaitsIsWokenByTheBatchThatIsFull() throws Exception {
    BatchQueue queue = new BatchQueue(3, NEVER, 100, new BatchPace());
    CompletableFuture<List<Integer>> full = new CompletableFuture<>();
    Thread taker =
        new Thread(
            () -> {
              try {
                full.complete(taken(queue));
              } catch (InterruptedException e) {
                full.completeExceptionally(e);
              }
            });
    taker.start();
    for (int i = 0; i < 3; i++) {
      while (taker.getState() != Thread.State.WAITING
          && taker.getState() != Thread.State.TIMED_WAITING) {
        Thread.sleep(1);
      }
      queue.add(request(1));
    }
    assertThat(full.get(30, TimeUnit.SECONDS)).containsExactly(1, 1, 1);
  }

  /**
   * Else two that came together once had each one that came after wait for another, though two take
   * as long as one after the other.
   */
  @Test
  void nobodyWaitsForOthersWhoSaveNoTime() throws InterruptedException {
    BatchQueue queue = new BatchQueue(4, NEVER, 100, pace(MS, 2 * MS, 4 * MS));
    queue.add(request(1));
    queue.add(request(1));
    assertThat(taken(queue)).containsExactly(1, 1);
    queue.add(request(1));
    assertThat(taken(queue)).containsExactly(1);
  }

  @Test
  void aBatchWaitsForTheUsualCrowdWhereTheySaveTime() throws InterruptedException {
    BatchQueue queue = new BatchQueue(4, NEVER, 100, pace(60 * MS, 70 * MS, 80 * MS));
    queue.add(request(1));
    queue.add(request(1));
    assertThat(taken(queue)).hasSize(2);
    long begun = System.nanoTime();
    queue.add(request(1));
    assertThat(taken(queue)).containsExactly(1);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(49));
  }
}
