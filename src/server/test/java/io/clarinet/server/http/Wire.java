package io.clarinet.server.http;

import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A client's connection without a network: bytes in, bytes out, all on the calling thread. */
public final class Wire {
  private static final int SECONDS = 30;

  private final Connection.Shared shared;

  /**
   * @param routes of a server; what they answer later is waited for
   */
  public Wire(List<Router.Route> routes, HttpLimits limits) {
    Router router = new Router();
    for (Router.Route route : routes) {
      router.add(route.method(), route.path(), request -> settled(route.handler(), request));
    }
    HttpOptions options = new HttpOptions("127.0.0.1", 0, null, Guard.loopback(), limits);
    this.shared =
        new Connection.Shared(
            options,
            router,
            answered -> {},
            Runnable::run,
            ConcurrentHashMap.newKeySet(),
            () -> false,
            new AtomicLong());
  }

  private static CompletableFuture<Response> settled(Handler handler, Request request) {
    CompletableFuture<Response> answer = handler.handle(request);
    try {
      answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return answer;
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no answer to " + request.method() + " " + request.path(), e);
    }
    return answer;
  }

  /** Bytes that requests under way still hold. */
  public long held() {
    return shared.bodies().get();
  }

  /** What the server says to a client that sends this, in two parts, and closes. */
  public byte[] answers(byte[] sent, int split) {
    EmbeddedChannel channel = new EmbeddedChannel();
    HttpServer.fill(channel, shared);
    channel.pipeline().fireChannelActive();
    channel.writeInbound(Unpooled.copiedBuffer(sent, 0, split));
    channel.runPendingTasks();
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(sent, split, sent.length - split));
      channel.runPendingTasks();
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      byte[] bytes = new byte[part.readableBytes()];
      part.readBytes(bytes).release();
      said.writeBytes(bytes);
    }
    channel.finishAndReleaseAll();
    return said.toByteArray();
  }
}
