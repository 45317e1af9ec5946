package io.clarinet.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.server.http.RawClient.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests come in and are answered in their order, to the last when the server ends. */
@Timeout(60)
class HttpServerTest extends HttpFixture {
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

  /** A connection may still be made for some microseconds, and is reset. */
  private static void request(int port) throws IOException {
    try (RawClient late = new RawClient(port)) {
      late.send("GET /open HTTP/1.1\nHost: localhost\n\n");
      late.reply();
    }
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
      assertThatThrownBy(() -> request(port)).isInstanceOf(IOException.class);
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
