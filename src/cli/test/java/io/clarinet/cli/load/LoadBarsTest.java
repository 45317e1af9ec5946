package io.clarinet.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a server reaches of what the engine and HTTP allow, and how long the slowest requests take:
 * {@code -Dload.seconds} a step, {@code -Dload.rounds} of each. A run of a second asserts only that
 * every answer is right; the figures are printed, and {@code -Dload.bars=true} asserts them, of all
 * models or of the one that {@code -Dload.model} names.
 */
class LoadBarsTest {
  private static final int CLIENTS = 32;
  private static final int SECONDS = Integer.getInteger("load.seconds", 1);
  private static final int ROUNDS = Integer.getInteger("load.rounds", 1);
  private static final boolean BARS = Boolean.getBoolean("load.bars");
  private static final int MOST_WARM_UPS = 8;

  /** Processors: at 0.02 half of the batches that took long had a compiler beside them. */
  private static final double AT_REST = 0.005;

  @TempDir Path folder;

  private static LoadStep step(int clients, double rate) {
    Duration measured = Duration.ofSeconds(SECONDS);
    return new LoadStep(clients, rate, measured.dividedBy(4), measured, 0);
  }

  private static double median(List<LoadResult> results, ToDoubleFunction<LoadResult> value) {
    List<Double> sorted = new ArrayList<>();
    results.forEach(result -> sorted.add(value.applyAsDouble(result)));
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  /** The larger one takes a minute. */
  private static Stream<ServedModels> models() {
    return BARS && System.getProperty("load.model") == null
        ? Stream.of(ServedModels.values())
        : Stream.of(ServedModels.chosen());
  }

  @ParameterizedTest
  @MethodSource("models")
  void throughputIsNearWhatEngineAndHttpAllow(ServedModels served) throws IOException {
    Path file = served.write(folder);
    List<LoadResult> idle = new ArrayList<>();
    List<LoadResult> full = new ArrayList<>();
    List<Double> bench = new ArrayList<>();
    try (ServeProcess server =
            ServeProcess.start(
                folder.resolve("log"),
                "--model",
                "m=" + file,
                "--model",
                "noop=" + served.writeNoOp(folder));
        Session session = AnswerCheck.opened(Model.load(file)).open(Device.auto())) {
      ServedModel model = ServedModel.of(server.address(), "m", 1);
      Load load = Load.ofTensors(model, new AnswerCheck(session), 0);
      Load noOp = Load.ofTensors(ServedModel.of(server.address(), "noop", 1), null, 0);
      for (int i = 0; i < ROUNDS; i++) {
        idle.add(noOp.run(step(CLIENTS, 0)));
        full.add(load.run(step(CLIENTS, 0)));
        bench.add(itemsPerSecond(session, model, full.get(i).medianBatch()));
      }
      assertThat(full).allMatch(LoadResult::isClean).allMatch(r -> r.refused() == 0);
      report(served, idle, full, bench);
      slowest(served, server, load, median(full, LoadResult::throughput));
    }
  }

  private static void report(
      ServedModels served, List<LoadResult> idle, List<LoadResult> full, List<Double> bench) {
    double reached = median(full, LoadResult::throughput);
    double noOp = median(idle, LoadResult::throughput);
    Collections.sort(bench);
    double engine = bench.get(bench.size() / 2);
    double batch = median(full, LoadResult::medianBatch);
    double share = reached * (1 / engine + 1 / noOp);
    System.out.printf(
        "%s, %d clients: %.1f/s, median batch %.0f; bench %.1f/s, no-op %.1f/s: %.3f of"
            + " 1/(1/bench + 1/no-op)%n",
        served, CLIENTS, reached, batch, engine, noOp, share);
    if (BARS) {
      assertThat(share).isGreaterThanOrEqualTo(0.9);
      assertThat(batch).isGreaterThanOrEqualTo(8);
    }
  }

  /** At 70 % of what it reached. */
  private static void slowest(
      ServedModels served, ServeProcess server, Load load, double throughput) throws IOException {
    LoadStep step = step(2 * CLIENTS, 0.7 * throughput);
    if (BARS) {
      awaitCompilers(server, load, step);
    }
    List<LoadResult> results = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      results.add(run(server, load, step));
    }
    assertThat(results).allMatch(LoadResult::isClean);
    double p50 = median(results, LoadResult::p50);
    double p99 = median(results, LoadResult::p99);
    System.out.printf(
        "%s, %.1f/s due: p50 %.2f ms, p99 %.2f ms: %.2f of it%n",
        served, 0.7 * throughput, p50, p99, p99 / p50);
    if (BARS) {
      assertThat(p99).isLessThanOrEqualTo(3 * p50);
    }
  }

  /**
   * Runs a load until both JVMs have compiled what they want to: connections that come and go after
   * a long time without any make them compile anew for seconds, on processors that batches want.
   */
  private static void awaitCompilers(ServeProcess server, Load load, LoadStep step)
      throws IOException {
    double share = 1;
    for (int i = 0; i < MOST_WARM_UPS && share > AT_REST; i++) {
      OtherWork work = OtherWork.beside(server);
      load.run(step);
      share = work.compilers();
    }
  }

  private static LoadResult run(ServeProcess server, Load load, LoadStep step) throws IOException {
    OtherWork work = OtherWork.beside(server);
    LoadResult result = load.run(step);
    System.out.printf(
        "p50 %.2f ms, p99 %.2f ms, longest %.2f ms; meanwhile %s%n",
        result.p50(), result.p99(), result.max(), work.told());
    return result;
  }

  /** As {@code bench} measures it: the median of runs from host to host. */
  private static double itemsPerSecond(Session session, ServedModel model, int batch) {
    Shape item = model.inputs().get(0).shape();
    Tensor input = Tensor.zeros(item.with(0, batch));
    for (long i = 0; i < input.shape().size(); i++) {
      input.set(i, (i % 97) / 97.0);
    }
    List<Long> times = new ArrayList<>();
    session.run(input);
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (times.size() < 3 || System.nanoTime() < end) {
      long begun = System.nanoTime();
      session.run(input);
      times.add(System.nanoTime() - begun);
    }
    Collections.sort(times);
    return batch * 1e9 / times.get(times.size() / 2);
  }
}
