package io.clarinet.server.http;

import io.clarinet.server.http.HttpOptions.HttpLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** A server of a few paths, one of which answers when it is told to. */
abstract class HttpFixture {
  static final Duration LONG = Duration.ofSeconds(30);
  static final Duration SHORT = Duration.ofMillis(200);
  final List<Answered> answered = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch came = new CountDownLatch(1);
  final CompletableFuture<Void> mayAnswer = new CompletableFuture<>();
  final CompletableFuture<Void> gone = new CompletableFuture<>();
  HttpServer server;

  static HttpLimits limits(int body) {
    return new HttpLimits(body, 1 << 20, 100, LONG, LONG, LONG);
  }

  int start(HttpLimits limits) throws IOException {
    return start(limits, Guard.loopback());
  }

  int start(HttpLimits limits, Guard guard) throws IOException {
    Router router =
        new Router()
            .add("POST", "/echo", Handler.now(HttpFixture::echo))
            .add("GET", "/echo/{what}", Handler.now(r -> Response.text("text/plain", said(r))))
            .add("GET", "/huge", Handler.now(r -> Response.bytes("x/y", new byte[1 << 22])))
            .addOpen("GET", "/open", Handler.now(request -> Response.json(200, Map.of())))
            .add("GET", "/slow", this::slow)
            .add("POST", "/slow", this::slow)
            .add("GET", "/large", Handler.now(r -> Response.text("text/plain", "x".repeat(5000))))
            .add(
                "GET",
                "/broken",
                request -> {
                  throw new IllegalStateException("/a/secret/path");
                });
    server =
        HttpServer.start(
            new HttpOptions("127.0.0.1", 0, null, guard, limits), router, answered::add);
    return server.port();
  }

  static Response echo(Request request) {
    byte[] body = new byte[request.body().remaining()];
    request.body().get(body);
    return Response.bytes("application/octet-stream", body);
  }

  static String said(Request request) {
    return request.part("what") + " " + request.parameter("q");
  }

  CompletableFuture<Response> slow(Request request) {
    came.countDown();
    var unused = request.gone().thenRun(() -> gone.complete(null));
    return mayAnswer.thenApply(done -> Response.text("text/plain", "slow"));
  }

  @AfterEach
  void end() {
    mayAnswer.complete(null);
    server.close();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
