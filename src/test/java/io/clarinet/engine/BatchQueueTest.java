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

  private static Request request(int items) {
    Tensor input = Tensor.zeros(Shape.of(items, 2));
    return new Request(List.of(input), items, System.nanoTime(), new CompletableFuture<>());
  }

  private static List<Integer> taken(BatchQueue queue) throws InterruptedException {
    return queue.take().stream().map(Request::items).toList();
  }

  @Test
  void aBatchIsCutToWhatHadBetterGoTogether() throws InterruptedException {
    BatchQueue queue = new BatchQueue(16, Duration.ZERO, 100, items -> Math.min(items, 4));
    for (int items : new int[] {1, 1, 1, 2, 6, 1}) {
      queue.add(request(items));
    }
    assertThat(taken(queue)).containsExactly(1, 1, 1);
    assertThat(taken(queue)).containsExactly(2);
    assertThat(taken(queue)).as("at least one").containsExactly(6);
    assertThat(taken(queue)).containsExactly(1);
  }

  /** The one that fills a batch wakes who waits for it, and so does the first of all. */
  @Test
  void whoWaitsIsWokenByTheBatchThatIsFull() throws Exception {
    BatchQueue queue = new BatchQueue(3, NEVER, 100, items -> items);
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
}
