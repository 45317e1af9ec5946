package io.clarinet.grpc;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/2 whose calls send what no client of gRPC would. */
final class RawCalls implements AutoCloseable {
  private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
  private final Channel connection;

  /** The statuses that calls ended with. */
  private final BlockingQueue<String> statuses = new LinkedBlockingQueue<>();

  RawCalls(int port) throws InterruptedException {
    connection =
        new Bootstrap()
            .group(loop)
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

  /** Begins a call of a method. */
  Http2StreamChannel begin(String method) throws Exception {
    Http2StreamChannel stream =
        new Http2StreamChannelBootstrap(connection).handler(new Ending()).open().get();
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme("http")
            .authority("localhost")
            .path("/inference.GRPCInferenceService/" + method)
            .add("te", "trailers")
            .add("content-type", "application/grpc");
    stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers)).sync();
    return stream;
  }

  /** Sends bytes of a message on; the call stays open. */
  static void send(Http2StreamChannel call, ByteBuf part) {
    var unused = call.writeAndFlush(new DefaultHttp2DataFrame(part));
  }

  /** The number of the status that the next call ended with; null after a time without any. */
  @Nullable String nextStatus(long milliseconds) throws InterruptedException {
    return statuses.poll(milliseconds, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    connection.close().sync();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }
}
