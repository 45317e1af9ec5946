package io.clarinet.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.server.http.Guard;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that does not arrive within the time for a body ends its call. */
@Timeout(60)
class GrpcSlowTest extends GrpcFixture {
  private static final String TOO_SLOW = Integer.toString(Status.Code.DEADLINE_EXCEEDED.value());
  private static final HttpLimits SHORT =
      new HttpLimits(
          MOST,
          4L * MOST,
          10,
          Duration.ofSeconds(10),
          Duration.ofMillis(300),
          Duration.ofSeconds(75));

  private RawCalls calls;

  @BeforeEach
  void connect() throws Exception {
    HttpOptions options = new HttpOptions("127.0.0.1", 0, null, Guard.loopback(), SHORT);
    calls = new RawCalls(server.add(endpoint(), options));
  }

  @AfterEach
  void end() throws InterruptedException {
    calls.close();
  }

  /** A message of some bytes, of which some are sent. */
  private static ByteBuf message(int bytes, int sent) {
    return Unpooled.buffer(5 + sent).writeByte(0).writeInt(bytes).writeZero(sent);
  }

  /** Without a byte, with half of its message, and with all but the call's end. */
  private static List<ByteBuf> unfinished() {
    return List.of(Unpooled.EMPTY_BUFFER, message(1000, 500), message(0, 0));
  }

  @ParameterizedTest
  @MethodSource("unfinished")
  void aUnaryCallHasToCome(ByteBuf sent) throws Exception {
    long before = told();
    Http2StreamChannel call = calls.begin("ModelInfer");
    RawCalls.send(call, sent);
    assertThat(calls.nextStatus(20_000)).isEqualTo(TOO_SLOW);
    for (int i = 0; i < 2000 && told() == before; i++) {
      Thread.sleep(10);
    }
    assertThat(told()).isEqualTo(before + 1);
  }

  /** Answers that the log has with this status. */
  private static long told() {
    synchronized (ANSWERED) {
      return ANSWERED.stream().filter(answered -> answered.status() == 408).count();
    }
  }

  @Test
  void aStreamMayWaitBetweenItsMessages() throws Exception {
    Http2StreamChannel call = calls.begin("ModelStreamInfer");
    assertThat(calls.nextStatus(900)).as("before its first").isNull();
    RawCalls.send(call, message(0, 0));
    assertThat(calls.nextStatus(900)).as("after one").isNull();
    RawCalls.send(call, message(1000, 500));
    assertThat(calls.nextStatus(20_000)).isEqualTo(TOO_SLOW);
  }
}
