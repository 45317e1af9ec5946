package io.clarinet.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.http.RawClient.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is beyond its limit, malformed or not allowed in is told so, before it takes memory. */
@Timeout(60)
class HttpRefusalsTest extends HttpFixture {
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
}
