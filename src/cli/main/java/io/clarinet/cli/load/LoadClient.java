package io.clarinet.cli.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** A client with one keep-alive connection and a request under way at most, on an event loop. */
@ChannelHandler.Sharable
final class LoadClient extends SimpleChannelInboundHandler<FullHttpResponse> {
  private final Bootstrap bootstrap;
  private final Address address;
  private final Listener listener;
  private @Nullable Channel channel;
  private @Nullable Payload sent;
  private long since;

  /** Told of what became of requests. */
  interface Listener {
    /**
     * @param answer null if the connection broke instead
     * @param since when the request was due
     */
    void ended(LoadClient client, Payload sent, long since, @Nullable FullHttpResponse answer);
  }

  LoadClient(Bootstrap bootstrap, Address address, Listener listener) {
    this.bootstrap = bootstrap.clone().handler(new LoadPipeline(address, this));
    this.address = address;
    this.listener = listener;
  }

  /** Sends a request; connects before where there is no connection. */
  void send(Payload payload, long due) {
    sent = payload;
    since = due;
    Channel open = channel;
    if (open != null && open.isActive()) {
      write(open, payload);
      return;
    }
    ChannelFuture connecting = bootstrap.connect(address.host(), address.port());
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            channel = connecting.channel();
            write(connecting.channel(), payload);
          } else {
            end(null);
          }
        });
  }

  private void write(Channel open, Payload payload) {
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, payload.path(), payload.bytes());
    request.headers().set(HttpHeaderNames.HOST, address.url().getAuthority());
    request.headers().set(HttpHeaderNames.CONTENT_LENGTH, payload.body().readableBytes());
    payload.headers().forEach(request.headers()::set);
    if (address.token() != null) {
      request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + address.token());
    }
    var unused = open.writeAndFlush(request);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
    if (!HttpUtil.isKeepAlive(answer)) {
      channel = null;
      var unused = context.close();
    }
    end(answer);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (context.channel() == channel) {
      channel = null;
      end(null);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var unused = context.close();
  }

  private void end(@Nullable FullHttpResponse answer) {
    Payload ended = sent;
    if (ended != null) {
      sent = null;
      listener.ended(this, ended, since, answer);
    }
  }
}
