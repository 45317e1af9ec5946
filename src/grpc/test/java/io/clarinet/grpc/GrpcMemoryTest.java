package io.clarinet.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.clarinet.server.http.Guard;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages take memory from their first byte on, and only as much as all may take together. */
@Timeout(60)
class GrpcMemoryTest extends GrpcFixture {
  private static final int SENT = MOST - (64 << 10);

  /** Begins a call, and sends its message but for the end. */
  private static Http2StreamChannel begin(RawCalls calls) throws Exception {
    Http2StreamChannel call = calls.begin("ModelInfer");
    RawCalls.send(call, Unpooled.buffer(5 + SENT).writeByte(0).writeInt(MOST).writeZero(SENT));
    return call;
  }

  @Test
  void messagesThatAreNotWholeCountToo() throws Exception {
    int port = server.add(endpoint(), options(Guard.loopback(), null));
    ManagedChannel other = channel(port, InsecureChannelCredentials.create());
    GRPCInferenceServiceBlockingStub stub = GRPCInferenceServiceGrpc.newBlockingStub(other);
    try (RawCalls raw = new RawCalls(port)) {
      List<Http2StreamChannel> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        calls.add(begin(raw));
      }
      String full = Integer.toString(Status.Code.RESOURCE_EXHAUSTED.value());
      assertThat(raw.nextStatus(20_000)).isEqualTo(full);
      assertThat(raw.nextStatus(20_000)).isEqualTo(full);
      assertThat(stub.modelInfer(floats("small", 1, 2).build()).getId()).isEqualTo("small");
      assertThat(raw.nextStatus(0)).as("4 of 4 MiB have room").isNull();
      for (Http2StreamChannel call : calls) {
        call.close().sync();
      }
      assertThat(stub.modelInfer(floats("after", 1, 2).build()).getId()).isEqualTo("after");
    } finally {
      other.shutdownNow();
    }
  }
}
