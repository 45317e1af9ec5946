package io.clarinet.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.server.http.Handler;
import io.clarinet.server.http.Request;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.StatusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The load generator against servers that do what a test says. */
class LoadTest {
  private static final Response DONE = Response.json(200, Map.of());

  private static LoadStep requests(int clients, long number) {
    return new LoadStep(clients, 0, Duration.ZERO, Duration.ofMinutes(1), number);
  }

  @Test
  void everyRequestIsSentOnceAndCounted() throws IOException {
    AtomicInteger came = new AtomicInteger();
    Handler handler =
        Handler.now(
            request -> {
              came.incrementAndGet();
              return DONE;
            });
    try (FakeServer server = new FakeServer(handler)) {
      LoadResult result = Load.ofTensors(server.model(), null, 0).run(requests(5, 103));
      assertThat(result.answers()).isEqualTo(103).isEqualTo(came.get());
      assertThat(result.isClean()).isTrue();
      assertThat(result.p50()).isPositive().isLessThanOrEqualTo(result.p99());
      assertThat(result.throughput()).isPositive();
    }
  }

  @Test
  void requestsAreAsTheModelDescribesThem() throws IOException {
    Queue<Request> seen = new ConcurrentLinkedQueue<>();
    Handler handler =
        Handler.now(
            request -> {
              seen.add(request);
              return DONE;
            });
    try (FakeServer server = new FakeServer(handler)) {
      Load.ofTensors(server.model(), null, 0).run(requests(1, 1));
      Request request = seen.remove();
      int json = Integer.parseInt(request.header("Inference-Header-Content-Length"));
      byte[] body = new byte[request.body().remaining()];
      request.body().duplicate().get(body);
      assertThat(new String(body, 0, json, StandardCharsets.UTF_8))
          .contains("\"name\":\"x\"", "\"shape\":[2,3]", "\"datatype\":\"FP32\"")
          .contains("\"binary_data_size\":24", "\"binary_data_output\":true");
      assertThat(body).hasSize(json + 24);
    }
  }

  /** Each answer takes 50 ms and one is due every 20: the last waits for all before it. */
  @Test
  void whatIsDueWhileTheServerIsSlowIsCharged() throws IOException {
    Executor later = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
    Handler handler = request -> CompletableFuture.supplyAsync(() -> DONE, later);
    try (FakeServer server = new FakeServer(handler)) {
      LoadStep step = new LoadStep(1, 50, Duration.ZERO, Duration.ofSeconds(5), 20);
      LoadResult result = Load.ofTensors(server.model(), null, 0).run(step);
      assertThat(result.answers()).isEqualTo(20);
      assertThat(result.p50()).isGreaterThan(9 * 30.0);
      assertThat(result.max()).isGreaterThan(19 * 30.0);
    }
  }

  @Test
  void wrongRefusedAndLostAnswersAreToldApart() throws IOException {
    AtomicInteger number = new AtomicInteger();
    Handler handler =
        Handler.now(
            request ->
                switch (number.getAndIncrement() % 3) {
                  case 0 -> DONE;
                  case 1 -> throw new StatusException(500, "wrong");
                  default -> throw StatusException.tryAgain(429, "refused");
                });
    try (FakeServer server = new FakeServer(handler)) {
      LoadResult result = Load.ofTensors(server.model(), null, 0).run(requests(1, 30));
      assertThat(List.of(result.answers(), result.wrong(), result.refused(), result.lost()))
          .containsExactly(30L, 10L, 10L, 0L);
      assertThat(result.isClean()).isFalse();
    }
  }

  /** A server that takes whatever comes is found out by requests that are wrong. */
  @Test
  void malformedRequestsMustBeRefused() throws IOException {
    try (FakeServer server = new FakeServer(Handler.now(request -> DONE))) {
      LoadResult result = Load.ofTensors(server.model(), null, 50).run(requests(1, 18));
      assertThat(result.wrong()).isEqualTo(7);
    }
  }

  @Test
  void addressesAreChecked() {
    assertThat(Address.of("localhost:80", null).port()).isEqualTo(80);
    assertThat(Address.of("https://host", null).port()).isEqualTo(443);
    assertThatThrownBy(() -> Address.of("ftp://host", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no address of a server");
  }
}
