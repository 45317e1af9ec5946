package io.clarinet.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.clarinet.server.http.Guard;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages take memory from their first byte on, and only as much as all may take together. */
@Timeout(60)
class GrpcMemoryTest extends GrpcFixture {
  private static final NioEventLoopGroup LOOP = new NioEventLoopGroup(1);
  private static final int SENT = MOST - (64 << 10);

  /** The statuses that calls ended with. */
  private final BlockingQueue<String> statuses = new LinkedBlockingQueue<>();

  @AfterAll
  static void end() {
    LOOP.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Keeps the status of an answer. */
  private final class Ending extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2HeadersFrame frame && frame.isEndStream()) {
        statuses.add(String.valueOf(frame.headers().get("grpc-status")));
      }
      ReferenceCountUtil.release(message);
    }
  }

  private static Channel connect(int port) throws InterruptedException {
    return new Bootstrap()
        .group(LOOP)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        Http2FrameCodecBuilder.forClient().build(),
                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
              }
            })
        .connect("127.0.0.1", port)
        .sync()
        .channel();
  }

  /** Begins a call, and sends its message but for the end. */
  private Http2StreamChannel begin(Channel connection) throws Exception {
    Http2StreamChannel stream =
        new Http2StreamChannelBootstrap(connection).handler(new Ending()).open().get();
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme("http")
            .authority("localhost")
            .path("/inference.GRPCInferenceService/ModelInfer")
            .add("te", "trailers")
            .add("content-type", "application/grpc");
    stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers)).sync();
    ByteBuf part = Unpooled.buffer(5 + SENT).writeByte(0).writeInt(MOST).writeZero(SENT);
    var unused = stream.writeAndFlush(new DefaultHttp2DataFrame(part));
    return stream;
  }

  @Test
  void messagesThatAreNotWholeCountToo() throws Exception {
    int port = server.add(endpoint(), options(Guard.loopback(), null));
    ManagedChannel other = channel(port, InsecureChannelCredentials.create());
    GRPCInferenceServiceBlockingStub stub = GRPCInferenceServiceGrpc.newBlockingStub(other);
    Channel connection = connect(port);
    try {
      List<Http2StreamChannel> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        calls.add(begin(connection));
      }
      String full = Integer.toString(Status.Code.RESOURCE_EXHAUSTED.value());
      assertThat(statuses.poll(20, TimeUnit.SECONDS)).isEqualTo(full);
      assertThat(statuses.poll(20, TimeUnit.SECONDS)).isEqualTo(full);
      assertThat(stub.modelInfer(floats("small", 1, 2).build()).getId()).isEqualTo("small");
      assertThat(statuses).as("4 of 4 MiB have room").isEmpty();
      for (Http2StreamChannel call : calls) {
        call.close().sync();
      }
      assertThat(stub.modelInfer(floats("after", 1, 2).build()).getId()).isEqualTo("after");
    } finally {
      connection.close().sync();
      other.shutdownNow();
    }
  }
}
