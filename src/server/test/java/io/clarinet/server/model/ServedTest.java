package io.clarinet.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Batcher;
import io.clarinet.Device;
import io.clarinet.Fresh;
import io.clarinet.Model;
import io.clarinet.RequiresOpenCl;
import io.clarinet.Session;
import io.clarinet.SessionMemory;
import io.clarinet.TestTensors;
import io.clarinet.image.Picture;
import io.clarinet.server.TestServer;
import io.clarinet.server.http.StatusException;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests share batches and get what is their own; models come, change and go beneath them. */
@RequiresOpenCl
@Timeout(120)
class ServedTest {
  private static final CompletableFuture<Void> HERE = new CompletableFuture<>();

  private final List<Batcher.Batch> batches = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  private Serving serving(int queue, Duration deadline) {
    return new Serving(List.of(Device.cpu()), 4, Duration.ZERO, queue, deadline);
  }

  /** A model whose batches wait after the first, as a slow one would. */
  private Served slow(int queue, Duration deadline) {
    return new Served(
        "slow",
        TestServer.identity(ElementType.FLOAT32, -1, 2),
        serving(queue, deadline),
        batch -> {
          batches.add(batch);
          running.countDown();
          await(mayEnd);
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<List<Tensor>> infer(Served served, float value) {
    return served.infer(List.of(Tensor.of(Shape.of(1, 2), value, -value)), HERE);
  }

  private static int status(CompletableFuture<?> answer) {
    try {
      answer.join();
      return 200;
    } catch (CompletionException e) {
      return ((StatusException) e.getCause()).status();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void requestsOfManyClientsShareBatchesAndAreNotMixedUp(String device) throws Exception {
    Serving serving =
        new Serving(List.of(Device.find(device)), 16, Duration.ZERO, 256, Duration.ofSeconds(60));
    Random random = Fresh.random();
    Model model = Model.bundled();
    try (Served served = new Served("characters", model, serving, batches::add);
        Session alone = model.open(Device.find(device))) {
      served.prepareBatches();
      List<Tensor> inputs = new ArrayList<>();
      List<CompletableFuture<List<Tensor>>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        inputs.add(TestTensors.random(random, 1 + i % 3, 3, 32, 32));
        answers.add(served.infer(List.of(inputs.get(i)), HERE));
      }
      for (int i = 0; i < inputs.size(); i++) {
        Tensor expected = alone.run(inputs.get(i));
        Tensor answer = answers.get(i).get(60, TimeUnit.SECONDS).get(0);
        assertThat(TestTensors.relativeError(answer, expected)).isLessThan(1e-5);
      }
      assertThat(batches.stream().mapToInt(Batcher.Batch::items).max().orElse(0)).isGreaterThan(8);
      assertThat(batches.stream().map(Batcher.Batch::size)).allMatch(s -> Integer.bitCount(s) == 1);
    }
  }

  @Test
  void heatMapsAndEmbeddingsTakeNoSecondCopyOfTheWeights() throws Exception {
    Serving serving = serving(10, Duration.ofSeconds(60));
    Picture picture = Picture.ofRgb(32, 32, new byte[3 * 32 * 32]);
    Model model = Model.zoo("cifar_resnet20");
    try (Served served = new Served("resnet", model, serving, batches::add)) {
      SessionMemory alone = served.sessions().get(0).memory();
      served.insight().heatMap(() -> picture, null, HERE).get(60, TimeUnit.SECONDS);
      String features = model.withFeatures().outputs().get(1);
      served.endingAt(features).get(60, TimeUnit.SECONDS);
      SessionMemory all = served.sessions().get(0).memory();
      assertThat(all.laneBytes()).isGreaterThan(2 * alone.laneBytes());
      assertThat(all.weightBytes()).isEqualTo(alone.weightBytes());
    }
  }

  @Test
  void moreThanTheQueueHoldsIsRefused() {
    try (Served served = slow(2, Duration.ofSeconds(60))) {
      List<CompletableFuture<List<Tensor>>> answers = new ArrayList<>();
      answers.add(infer(served, 1));
      await(running);
      for (int i = 0; i < 3; i++) {
        answers.add(infer(served, 2 + i));
      }
      assertThat(status(answers.get(3))).isEqualTo(429);
      mayEnd.countDown();
      assertThat(answers.subList(0, 3)).allMatch(answer -> status(answer) == 200);
      assertThat(answers.get(2).join().get(0).toFloatArray()).containsExactly(3, -3);
    }
  }

  @Test
  void whatNobodyWaitsForIsNotRun() {
    try (Served served = slow(10, Duration.ofSeconds(60))) {
      CompletableFuture<List<Tensor>> first = infer(served, 1);
      await(running);
      CompletableFuture<Void> gone = new CompletableFuture<>();
      CompletableFuture<List<Tensor>> second =
          served.infer(List.of(Tensor.of(Shape.of(1, 2), 5, 5)), gone);
      gone.complete(null);
      assertThat(status(second)).isEqualTo(499);
      mayEnd.countDown();
      assertThat(status(first)).isEqualTo(200);
      assertThat(status(infer(served, 3))).isEqualTo(200);
      assertThat(batches.stream().mapToInt(Batcher.Batch::items)).containsExactly(1, 1);
    }
  }

  @Test
  void whatHasNoAnswerWithinTheDeadlineIsTold() {
    try (Served served = slow(10, Duration.ofMillis(50))) {
      CompletableFuture<List<Tensor>> first = infer(served, 1);
      await(running);
      assertThat(status(infer(served, 2))).isEqualTo(503);
      assertThat(status(first)).isEqualTo(503);
      mayEnd.countDown();
    }
  }

  @Test
  void aClientMayBeLessPatientThanTheServer() {
    try (Served served = slow(10, Duration.ofSeconds(60))) {
      CompletableFuture<List<Tensor>> first = infer(served, 1);
      await(running);
      List<Tensor> input = List.of(Tensor.of(Shape.of(1, 2), 3, 4));
      assertThat(status(served.infer(input, HERE, Duration.ofMillis(20)))).isEqualTo(503);
      mayEnd.countDown();
      assertThat(status(first)).isEqualTo(200);
    }
  }

  @Test
  void anInputThatTheModelDoesNotTakeIsTheClientsFault() {
    mayEnd.countDown();
    try (Served served = slow(10, Duration.ofSeconds(60))) {
      Tensor wrong = Tensor.zeros(Shape.of(1, 3));
      assertThat(status(served.infer(List.of(wrong), HERE))).isEqualTo(400);
      Tensor large = Tensor.zeros(Shape.of(5, 2));
      assertThat(status(served.infer(List.of(large), HERE))).isEqualTo(400);
    }
  }

  @Test
  void aModelIsReplacedAndUnloadedWithoutLosingARequest() throws Exception {
    Serving serving = serving(1000, Duration.ofSeconds(60));
    try (Models models = new Models(() -> serving, (name, batch) -> {})) {
      models.add("copy", () -> TestServer.identity(ElementType.FLOAT32, -1, 2));
      models.load("copy").join();
      AtomicBoolean end = new AtomicBoolean();
      List<CompletableFuture<Integer>> clients = new ArrayList<>();
      for (int c = 0; c < 4; c++) {
        float own = c;
        clients.add(CompletableFuture.supplyAsync(() -> requests(models, end, own)));
      }
      for (int i = 0; i < 3; i++) {
        models.load("copy").join();
      }
      end.set(true);
      for (CompletableFuture<Integer> client : clients) {
        assertThat(client.get(60, TimeUnit.SECONDS)).isPositive();
      }
      models.unload("copy").join();
      assertThatThrownBy(() -> models.get("copy"))
          .isInstanceOfSatisfying(
              StatusException.class, e -> assertThat(e.status()).isEqualTo(503));
    }
  }

  private static int requests(Models models, AtomicBoolean end, float own) {
    int count = 0;
    while (!end.get()) {
      Tensor answer =
          models.infer("copy", List.of(Tensor.of(Shape.of(1, 2), own, 7)), HERE).join().get(0);
      assertThat(answer.toFloatArray()).containsExactly(own, 7);
      count++;
    }
    return count;
  }

  @Test
  void aFolderIsFollowed(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("b").resolve("1"));
    write(folder.resolve("a.onnx"), 2);
    write(folder.resolve("b").resolve("1").resolve("model.onnx"), 3);
    Files.writeString(folder.resolve("notes.txt"), "no model");
    Serving serving = serving(10, Duration.ofSeconds(60));
    try (Models models = new Models(() -> serving, (name, batch) -> {});
        ModelFolder watched = new ModelFolder(folder, models)) {
      for (Map.Entry<String, ModelSource> each : watched.sources().entrySet()) {
        models.add(each.getKey(), each.getValue());
        models.load(each.getKey()).join();
      }
      assertThat(models.ready()).containsOnlyKeys("a", "b");
      write(folder.resolve("a.onnx"), 5);
      write(folder.resolve("c.onnx"), 4);
      Files.delete(folder.resolve("b").resolve("1").resolve("model.onnx"));
      Files.writeString(folder.resolve("broken.onnx"), "no model");
      watched.look();
      watched.look();
      assertThat(models.ready()).containsOnlyKeys("a", "c");
      assertThat(width(models, "a")).isEqualTo(5);
      assertThat(width(models, "c")).isEqualTo(4);
      Files.writeString(folder.resolve("a.onnx"), "broken now");
      watched.look();
      watched.look();
      assertThat(width(models, "a")).isEqualTo(5);
    }
  }

  private static void write(Path file, int width) throws Exception {
    TestServer.identity(ElementType.FLOAT32, -1, width).writeOnnx(file);
  }

  private static int width(Models models, String name) {
    return models.get(name).signature().inputs().get(0).dims().get(1);
  }

  /** The thread that hands a request over may lose its core right then, for longer than it runs. */
  @Test
  void theTimeOfARequestBeginsBeforeItRuns() {
    mayEnd.countDown();
    Duration lost = Duration.ofMillis(20);
    CompletableFuture<Void> lingering =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<Void> thenRun(Runnable action) {
            try {
              await(running);
              TimeUnit.NANOSECONDS.sleep(lost.toNanos());
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.thenRun(action);
          }
        };
    try (Served served = slow(4, Duration.ofSeconds(30))) {
      served.infer(List.of(Tensor.of(Shape.of(1, 2), 1, 2)), lingering).join();
      assertThat(served.tally().counts().success().nanos()).isGreaterThanOrEqualTo(lost.toNanos());
    }
  }
}
