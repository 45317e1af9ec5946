package io.clarinet.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.http.RawClient.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests within limits come in, are answered in their order, and others are told why not. */
@Timeout(60)
class HttpServerTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final List<Answered> answered = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch came = new CountDownLatch(1);
  private final CompletableFuture<Void> mayAnswer = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private HttpServer server;

  private static HttpLimits limits(int body) {
    return new HttpLimits(body, 1 << 20, 100, LONG, LONG, LONG);
  }

  private int start(HttpLimits limits) throws IOException {
    return start(limits, Guard.loopback());
  }

  private int start(HttpLimits limits, Guard guard) throws IOException {
    Router router =
        new Router()
            .add("POST", "/echo", Handler.now(HttpServerTest::echo))
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

  private static Response echo(Request request) {
    byte[] body = new byte[request.body().remaining()];
    request.body().get(body);
    return Response.bytes("application/octet-stream", body);
  }

  private static String said(Request request) {
    return request.part("what") + " " + request.parameter("q");
  }

  private CompletableFuture<Response> slow(Request request) {
    came.countDown();
    var unused = request.gone().thenRun(() -> gone.complete(null));
    return mayAnswer.thenApply(done -> Response.text("text/plain", "slow"));
  }

  @AfterEach
  void end() {
    mayAnswer.complete(null);
    server.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aConnectionCarriesManyRequestsAndTheirAnswersKeepTheOrder() throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      client.send("GET /slow HTTP/1.1\nHost: localhost\n\n");
      for (int i = 0; i < 40; i++) {
        client.send("POST /echo", Map.of("X-Request-Id", "r" + i), bytes("body " + i));
      }
      mayAnswer.complete(null);
      assertThat(client.reply().text()).isEqualTo("slow");
      for (int i = 0; i < 40; i++) {
        Reply reply = client.reply();
        assertThat(reply.text()).isEqualTo("body " + i);
        assertThat(reply.headers()).containsEntry("x-request-id", "r" + i);
      }
    }
  }

  @Test
  void pathsAreDecodedAndQueriesRead() throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      client.send("GET /echo/a%20b?q=1%2C2&q=3 HTTP/1.1\nHost: localhost\n\n");
      assertThat(client.reply().text()).isEqualTo("a b 1,2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /none, 404",
    "GET /echo, 405",
    "DELETE /open, 405",
    "GET /echo/%zz, 400",
    "POST /echo/, 404",
  })
  void whatIsNotThereIsToldAndTheConnectionStays(String line, int status) throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      client.send(line, Map.of(), bytes("{}"));
      Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.text()).startsWith("{\"error\":\"");
      assertThat(reply.headers().containsKey("allow")).isEqualTo(status == 405);
      client.send("POST /echo", Map.of(), bytes("still there"));
      assertThat(client.reply().text()).isEqualTo("still there");
    }
    assertThat(answered.get(0).status()).isEqualTo(status);
    assertThat(answered.get(0).route()).isEmpty();
  }

  @Test
  void aHeadIsAnsweredWithoutItsBody() throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      client.send("HEAD /open HTTP/1.1\nHost: localhost\n\n");
      client.send("GET /open HTTP/1.1\nHost: localhost\nX-Request-Id: next\n\n");
      String both = "";
      while (!both.endsWith("{}")) {
        both += new String(new byte[] {(byte) client.read()}, StandardCharsets.ISO_8859_1);
      }
      assertThat(both.toLowerCase(java.util.Locale.ROOT)).containsOnlyOnce("{}");
      assertThat(both.split("content-length: 2", -1)).hasSize(3);
    }
  }

  @Test
  void aBodyBeyondTheLimitIsRefusedByItsHead() throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      client.send("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 99999999999\n\n");
      assertThat(client.reply().status()).isEqualTo(413);
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void aBodyBeyondTheLimitIsRefusedWhereItsHeadDoesNotTell() throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      client.send("POST /echo HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n");
      client.send("300\n" + "x".repeat(0x300) + "\n300\n" + "x".repeat(0x300) + "\n");
      assertThat(client.reply().status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void compressedBodiesAreReadAndBombsAreNot(String encoding) throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      Map<String, String> headers = Map.of("Content-Encoding", encoding);
      client.send("POST /echo", headers, compressed(encoding, new byte[900]));
      assertThat(client.reply().body()).hasSize(900);
      client.send("POST /echo", headers, compressed(encoding, new byte[10_000_000]));
      assertThat(client.reply().status()).isEqualTo(413);
    }
  }

  private static byte[] compressed(String encoding, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        encoding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  @Test
  void bodiesThatAreNotWhatTheirHeaderSaysAreRefused() throws IOException {
    int port = start(limits(1000));
    try (RawClient client = new RawClient(port)) {
      client.send("POST /echo", Map.of("Content-Encoding", "gzip"), bytes("no gzip at all"));
      assertThat(client.reply().status()).isEqualTo(400);
    }
    try (RawClient client = new RawClient(port)) {
      client.send("POST /echo", Map.of("Content-Encoding", "lzma"), bytes("anything"));
      assertThat(client.reply().status()).isEqualTo(415);
    }
  }

  @Test
  void answersAreCompressedForWhoAsks() throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      client.send("GET /large HTTP/1.1\nHost: localhost\nAccept-Encoding: gzip\n\n");
      Reply reply = client.reply();
      assertThat(reply.headers()).containsEntry("content-encoding", "gzip");
      assertThat(reply.body().length).isLessThan(500);
      try (var in = new GZIPInputStream(new java.io.ByteArrayInputStream(reply.body()))) {
        assertThat(in.readAllBytes()).hasSize(5000);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"nonsense, 400", "GET /open HTTP/1.1 x y, 400"})
  void bytesThatAreNoRequestAreRefused(String line, int status) throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      client.send(line + "\n\n");
      Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.text()).contains("error").doesNotContain("netty", "Exception");
    }
  }

  @Test
  void longLinesAndHeadersAreRefused() throws IOException {
    int port = start(limits(1000));
    try (RawClient client = new RawClient(port)) {
      client.send("GET /" + "x".repeat(10_000) + " HTTP/1.1\n\n");
      assertThat(client.reply().status()).isEqualTo(414);
    }
    try (RawClient client = new RawClient(port)) {
      client.send("GET /open HTTP/1.1\nX: " + "x".repeat(40_000) + "\n\n");
      assertThat(client.reply().status()).isEqualTo(431);
    }
  }

  @Test
  void theClientIsAskedForItsBodyOnlyWhereItIsWanted() throws IOException {
    int port = start(limits(1000));
    String head = "POST /echo HTTP/1.1\nHost: localhost\nExpect: 100-continue\nContent-Length: ";
    try (RawClient client = new RawClient(port)) {
      client.send(head + "3\n\n");
      assertThat(client.reply().status()).isEqualTo(100);
      client.send("abc");
      assertThat(client.reply().text()).isEqualTo("abc");
      client.send(head + "3000000\n\n");
      assertThat(client.reply().status()).isEqualTo(413);
    }
  }

  @Test
  void slowClientsAreCutOff() throws IOException {
    int port = start(new HttpLimits(1000, 1 << 20, 100, SHORT, SHORT, SHORT));
    try (RawClient silent = new RawClient(port);
        RawClient slow = new RawClient(port);
        RawClient idle = new RawClient(port)) {
      slow.send("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 10\n\nabc");
      idle.send("GET /open HTTP/1.1\nHost: localhost\n\n");
      assertThat(idle.reply().status()).isEqualTo(200);
      assertThat(slow.reply().status()).isEqualTo(408);
      assertThat(silent.isEnded()).isTrue();
      assertThat(idle.isEnded()).isTrue();
    }
  }

  /** It sends requests and reads no answer: neither pile up. */
  @Test
  void aClientThatDoesNotReadIsCutOff() throws Exception {
    int port = start(new HttpLimits(1000, 1 << 20, 100, LONG, LONG, Duration.ofSeconds(1)));
    try (RawClient client = new RawClient(port)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  client.send("GET /huge HTTP/1.1\nHost: localhost\n\n");
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(answered.size()).isLessThan(100);
  }

  @Test
  void connectionsBeyondTheirNumberAreRefused() throws IOException {
    int port = start(new HttpLimits(1000, 1 << 20, 1, LONG, LONG, LONG));
    try (RawClient first = new RawClient(port)) {
      first.send("GET /open HTTP/1.1\nHost: localhost\n\n");
      assertThat(first.reply().status()).isEqualTo(200);
      try (RawClient second = new RawClient(port)) {
        Reply reply = second.reply();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).containsKey("retry-after");
      }
    }
  }

  @Test
  void bodiesTogetherTakeNoMoreThanTheirLimit() throws Exception {
    int port = start(new HttpLimits(1000, 1500, 100, LONG, LONG, LONG));
    try (RawClient first = new RawClient(port);
        RawClient second = new RawClient(port)) {
      first.send("POST /slow", Map.of(), new byte[900]);
      assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
      second.send("POST /echo", Map.of(), new byte[700]);
      Reply refused = second.reply();
      assertThat(refused.headers()).containsKey("retry-after");
      assertThat(refused.status()).isEqualTo(503);
      mayAnswer.complete(null);
      assertThat(first.reply().status()).isEqualTo(200);
      second.send("POST /echo", Map.of(), new byte[700]);
      assertThat(second.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void aTokenIsAskedForWhereThereIsOne() throws IOException {
    int port = start(limits(1000), Guard.of("let me in"));
    try (RawClient client = new RawClient(port)) {
      client.send("GET /open", Map.of("Host", "elsewhere"), new byte[0]);
      assertThat(client.reply().status()).isEqualTo(200);
      for (String wrong : List.of("Bearer let me", "Basic let me in", "Bearer ", "let me in")) {
        client.send("POST /echo", Map.of("Authorization", wrong), bytes("x"));
        Reply reply = client.reply();
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers()).containsEntry("www-authenticate", "Bearer");
      }
      client.send("POST /echo", Map.of("Authorization", "bearer let me in"), bytes("x"));
      assertThat(client.reply().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Host, localhost:8000, 200",
    "Host, [::1]:80, 200",
    "Host, example.org, 403",
    "Origin, http://127.0.0.1:8000, 200",
    "Origin, https://example.org, 403",
    "Origin, null, 403",
  })
  void withoutATokenPagesOfOtherOriginsAreNotAnswered(String header, String value, int status)
      throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      String host = header.equals("Host") ? "" : "Host: localhost\n";
      client.send("GET /large HTTP/1.1\n" + host + header + ": " + value + "\n\n");
      assertThat(client.reply().status()).isEqualTo(status);
    }
  }

  @Test
  void aFailureIsToldByTheRequestsIdAlone() throws IOException {
    try (RawClient client = new RawClient(start(limits(1000)))) {
      client.send(
          "GET /broken", Map.of("X-Request-Id", "abc", "traceparent", "00-1-2-3"), bytes(""));
      Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text()).contains("abc").doesNotContain("secret", "Exception", "java");
      assertThat(reply.headers()).containsEntry("traceparent", "00-1-2-3");
    }
  }

  @Test
  void aClientThatHasGoneIsToldOfToItsHandlerAndItsNextRequestsAreNotRun() throws Exception {
    int port = start(limits(1000));
    try (RawClient client = new RawClient(port)) {
      client.send("GET /slow HTTP/1.1\nHost: localhost\n\n");
      client.send("POST /echo", Map.of(), bytes("never run"));
      assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
    }
    gone.get(20, TimeUnit.SECONDS);
    mayAnswer.complete(null);
    try (RawClient other = new RawClient(port)) {
      other.send("POST /echo", Map.of(), bytes("x"));
      assertThat(other.reply().status()).isEqualTo(200);
    }
    assertThat(answered.stream().filter(a -> a.route().equals("/echo"))).hasSize(1);
  }

  @Test
  void drainingAnswersWhatHasComeAndTakesNoMore() throws Exception {
    int port = start(limits(1000));
    try (RawClient client = new RawClient(port);
        RawClient idle = new RawClient(port)) {
      idle.send("GET /open HTTP/1.1\nHost: localhost\n\n");
      assertThat(idle.reply().headers()).doesNotContainKey("connection");
      client.send("GET /slow HTTP/1.1\nHost: localhost\n\n");
      assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(20)));
      assertThat(idle.isEnded()).isTrue();
      assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(IOException.class);
      mayAnswer.complete(null);
      Reply reply = client.reply();
      assertThat(reply.text()).isEqualTo("slow");
      assertThat(reply.headers()).containsEntry("connection", "close");
      assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void drainingAnswersWhatAConnectionHasSentAhead() throws Exception {
    int port = start(limits(1000));
    try (RawClient client = new RawClient(port)) {
      client.send("GET /slow HTTP/1.1\nHost: localhost\n\n");
      client.send("POST /echo", Map.of(), bytes("ahead"));
      client.send("POST /echo", Map.of(), bytes("last"));
      assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(20)));
      awaitRefusal(port);
      mayAnswer.complete(null);
      assertThat(client.reply().text()).isEqualTo("slow");
      assertThat(client.reply().text()).isEqualTo("ahead");
      assertThat(client.reply().text()).isEqualTo("last");
      assertThat(client.isEnded()).isTrue();
      assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void awaitRefusal(int port) throws InterruptedException {
    boolean refused = false;
    while (!refused) {
      try (RawClient client = new RawClient(port)) {
        Thread.sleep(10);
      } catch (IOException e) {
        refused = true;
      }
    }
  }

  @Test
  void anAddressThatIsTakenIsNamed() throws IOException {
    int port = start(limits(1000));
    HttpOptions same = new HttpOptions("127.0.0.1", port, null, Guard.loopback(), limits(1));
    assertThatThrownBy(() -> HttpServer.start(same, new Router(), answered::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }
}
