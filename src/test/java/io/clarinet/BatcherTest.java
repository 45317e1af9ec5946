package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.engine.CountingBackend;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.op.Gather;
import io.clarinet.op.Reshape;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.plan.Plan;
import io.clarinet.tensor.BatchAxis;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests share batches in the order of their coming, and each gets what is its own. */
@RequiresOpenCl
@Timeout(60)
class BatcherTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final CountingBackend backend = new CountingBackend();
  private final CountDownLatch running = new CountDownLatch(1);
  private final Semaphore mayRun = new Semaphore(0);

  /** The shapes that were run, in their order. */
  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

  private static Model model() {
    GraphBuilder builder = new GraphBuilder("net");
    builder.input("x", Input.UNKNOWN, Input.UNKNOWN);
    builder.add("y", Softmax.along(1), "x");
    return Model.of(builder.output("y").build());
  }

  /** A session whose runs wait for a permit. */
  private Session open(int mostWaiting) {
    backend.running =
        plan -> {
          ran.add(plan.inputs().get(0).place().shape().toString());
          running.countDown();
          mayRun.acquireUninterruptibly();
        };
    Device device = new Device("fake", "fake", "fake", "gpu", "1", true, "", "fake", "");
    SessionOptions options = SessionOptions.EXACT.withMostWaiting(mostWaiting);
    return new Session(model().graph(), device, options, wanted -> backend.engine);
  }

  private void awaitRun() {
    try {
      running.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<Tensor> run(Batcher batcher, int... dims) {
    return batcher.run(Tensor.zeros(Shape.of(dims)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void eachRequestGetsWhatIsItsOwn(String device) {
    Random random = Fresh.random();
    try (Session session = model().open(Device.find(device));
        Batcher batcher = new Batcher(session, 8, NEVER)) {
      List<Tensor> inputs = new ArrayList<>();
      List<CompletableFuture<Tensor>> answers = new ArrayList<>();
      for (int items : new int[] {1, 3, 2, 2, 4, 3, 1}) {
        inputs.add(TestTensors.random(random, items, 5));
        answers.add(batcher.run(inputs.get(inputs.size() - 1)));
      }
      for (int i = 0; i < answers.size(); i++) {
        Tensor alone = session.run(inputs.get(i));
        assertThat(TestTensors.relativeError(answers.get(i).join(), alone)).isLessThan(1e-6);
      }
    }
  }

  @Test
  void batchesAreFilledInTheOrderOfComing() {
    try (Session session = open(100);
        Batcher batcher = new Batcher(session, 6, Duration.ZERO)) {
      List<CompletableFuture<Tensor>> all = new ArrayList<>();
      all.add(run(batcher, 1, 5));
      awaitRun();
      for (int[] dims :
          new int[][] {{1, 5}, {2, 5}, {2, 5}, {4, 5}, {1, 5}, {1, 5}, {1, 7}, {1, 7}, {1, 5}}) {
        all.add(run(batcher, dims));
      }
      all.get(6).cancel(true);
      mayRun.release(100);
      for (int i = 0; i < all.size(); i++) {
        if (i != 6) {
          assertThat(all.get(i).join().shape().n()).isPositive();
        }
      }
      assertThat(all.get(6)).isCancelled();
      assertThat(ran).containsExactly("1x5", "6x5", "6x5", "2x7", "1x5");
    }
  }

  /** The room in which batches are joined is used again, and may be what a view looks at. */
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void answersStayWhatTheyAreWhenTheNextBatchRuns(String device) {
    GraphBuilder builder = new GraphBuilder("view");
    builder.input("x", Input.UNKNOWN, Input.UNKNOWN);
    builder.add("y", new Reshape(new Reshape.Rule.Flatten(1)), "x");
    Model model = Model.of(builder.output("y").build());
    Random random = Fresh.random();
    try (Session session = model.open(Device.find(device));
        Batcher batcher = new Batcher(session, 4, NEVER)) {
      List<Tensor> inputs = new ArrayList<>();
      List<CompletableFuture<Tensor>> answers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        inputs.add(TestTensors.random(random, 1, 7));
        answers.add(batcher.run(inputs.get(i)));
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).join().toFloatArray()).isEqualTo(inputs.get(i).toFloatArray());
      }
    }
  }

  /** What is filled up is zeros, not the items of a batch before. */
  @Test
  void aSmallerBatchIsFilledUpWithZeros() {
    Tensor room = Tensor.of(Shape.of(3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    BatchAxis.fill(room, List.of(Tensor.of(Shape.of(1, 3), -1, -2, -3)));
    assertThat(room.toFloatArray()).containsExactly(-1, -2, -3, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void aCallerWhoIsAloneWaitsForNobody() {
    try (Session session = open(100);
        Batcher batcher = new Batcher(session, 4, NEVER)) {
      mayRun.release(100);
      run(batcher, 4, 5).join();
      run(batcher, 1, 5).join();
      assertThat(ran).containsExactly("4x5", "1x5");
    }
  }

  @Test
  void aRequestWaitsForOthersUntilTheBatchIsFull() {
    try (Session session = open(100);
        Batcher batcher = new Batcher(session, 4, NEVER)) {
      mayRun.release(100);
      CompletableFuture<Tensor> first = run(batcher, 1, 5);
      CompletableFuture<Tensor> second = run(batcher, 2, 5);
      assertThat(first).isNotDone();
      run(batcher, 1, 5).join();
      assertThat(first.join().shape()).isEqualTo(Shape.of(1, 5));
      assertThat(second.join().shape()).isEqualTo(Shape.of(2, 5));
      assertThat(ran).containsExactly("4x5");
    }
  }

  @Test
  void moreThanMayWaitAreRefused() {
    try (Session session = open(2);
        Batcher batcher = new Batcher(session, 1, Duration.ZERO)) {
      assertThat(run(batcher, 1, 5)).isNotDone();
      awaitRun();
      assertThat(run(batcher, 1, 5)).isNotDone();
      CompletableFuture<Tensor> last = run(batcher, 1, 5);
      assertThatThrownBy(() -> run(batcher, 1, 5).join())
          .hasRootCauseInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("2 requests wait already; SessionOptions.withMostWaiting");
      last.cancel(false);
      CompletableFuture<Tensor> room = run(batcher, 1, 5);
      mayRun.release(100);
      assertThat(room.join().shape()).isEqualTo(Shape.of(1, 5));
    }
  }

  @Test
  void closingFailsWhatWaits() {
    try (Session session = open(100)) {
      Batcher batcher = new Batcher(session, 4, NEVER);
      CompletableFuture<Tensor> waiting = run(batcher, 1, 5);
      batcher.close();
      batcher.close();
      assertThatThrownBy(waiting::join)
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the batcher is closed");
      assertThatThrownBy(() -> run(batcher, 1, 5).join())
          .hasMessageContaining("the batcher is closed");
      assertThat(ran).isEmpty();
    }
  }

  /** An index that is out of range spoils the batch, but no answer beside its own. */
  @Test
  void aRequestThatFailsFailsAlone() {
    GraphBuilder builder = new GraphBuilder("net");
    builder.input(new Input("i", ElementType.INT64, List.of(Input.UNKNOWN, 1)));
    builder.constant("table", Tensor.of(Shape.of(3), 5, 6, 7));
    builder.add("y", new Gather(0), "table", "i");
    try (Session session = Model.of(builder.output("y").build()).open(Device.cpu());
        Batcher batcher = new Batcher(session, 4, NEVER)) {
      List<CompletableFuture<Tensor>> all = new ArrayList<>();
      for (long index : new long[] {2, 9, 0, 1}) {
        all.add(batcher.run(Tensor.ofLongs(Shape.of(1, 1), index)));
      }
      assertThat(all.get(0).join().toFloatArray()).containsExactly(7);
      assertThat(all.get(2).join().toFloatArray()).containsExactly(5);
      assertThat(all.get(3).join().toFloatArray()).containsExactly(6);
      assertThatThrownBy(() -> all.get(1).join()).hasMessageContaining("9");
    }
  }

  /** Batches of 4 have failed slowly, and were never slow: 3 items still go together. */
  @Test
  void aFailedBatchTellsNothingOfItsPace() throws InterruptedException {
    try (Session session = open(100);
        Batcher batcher = new Batcher(session, 4, Duration.ZERO)) {
      mayRun.release(3);
      for (int items : new int[] {2, 2, 4}) {
        run(batcher, items, 5).join();
      }
      Consumer<Plan> waits = backend.running;
      backend.running =
          plan -> {
            waits.accept(plan);
            throw new IllegalStateException("no luck");
          };
      CompletableFuture<Tensor> failing = run(batcher, 4, 5);
      Thread.sleep(50);
      mayRun.release();
      assertThatThrownBy(failing::join).hasMessageContaining("no luck");
      backend.running = waits;
      CompletableFuture<Tensor> one = run(batcher, 1, 5);
      while (batcher.waiting() > 0) {
        Thread.sleep(1);
      }
      List<CompletableFuture<Tensor>> more = List.of(run(batcher, 2, 5), run(batcher, 1, 5));
      mayRun.release(100);
      one.join();
      more.forEach(CompletableFuture::join);
      assertThat(ran).containsExactly("2x5", "2x5", "4x5", "4x5", "1x5", "4x5");
    }
  }

  @Test
  void whatCannotShareBatchesIsRefused() {
    GraphBuilder mixing = new GraphBuilder("mixing");
    mixing.input("x", Input.UNKNOWN, 5);
    mixing.add("y", Softmax.along(0), "x");
    try (Session session = Model.of(mixing.output("y").build()).open(Device.cpu());
        Batcher batcher = new Batcher(session, 4, Duration.ZERO)) {
      assertThatThrownBy(() -> run(batcher, 1, 5).join())
          .hasMessageContaining("mixing cannot share batches: its items are not known");
      assertThatThrownBy(() -> run(batcher, 5, 5).join())
          .hasMessageContaining("a request has 1 to 4 items, the same in each input; got");
      assertThatThrownBy(() -> run(batcher, 0, 5).join()).hasMessageContaining("1 to 4 items");
      assertThatThrownBy(() -> run(batcher, 1, 6).join()).hasMessageContaining("does not accept");
    }
    GraphBuilder fixed = new GraphBuilder("fixed");
    fixed.input("x", 1, 5);
    fixed.add("y", Unary.RELU, "x");
    try (Session session = Model.of(fixed.output("y").build()).open(Device.cpu())) {
      assertThatThrownBy(() -> new Batcher(session, 4, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "fixed fixes its batch size: input x: FLOAT32 1x5; Model.withAnyBatch opens it");
      assertThatThrownBy(() -> new Batcher(session, 0, Duration.ZERO))
          .hasMessageContaining("got 0 and PT");
    }
  }
}
