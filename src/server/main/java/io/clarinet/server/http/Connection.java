package io.clarinet.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: its requests are collected within limits, and answered in the order of
 * their coming. All of it runs on the channel's event loop, but for the handlers.
 */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int PIPELINED = 16;
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Channel channel;
  private final Shared shared;
  private final Deque<Incoming> waiting = new ArrayDeque<>();
  private @Nullable Incoming arriving;
  private @Nullable Incoming current;
  private @Nullable ScheduledFuture<?> timer;
  private boolean discarding;

  /** The refusal that follows the answers that are still due. */
  private @Nullable Runnable refusal;

  /**
   * What the connections of a server share.
   *
   * @param bodies bytes of all requests under way
   */
  record Shared(
      HttpOptions options,
      Router router,
      Consumer<Answered> listener,
      Executor workers,
      Set<Connection> open,
      BooleanSupplier draining,
      AtomicLong bodies) {}

  Connection(Channel channel, Shared shared) {
    this.channel = channel;
    this.shared = shared;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    shared.open().add(this);
    if (shared.open().size() > shared.options().limits().connections()) {
      refuse(null, StatusException.tryAgain(503, "too many connections are open"));
      return;
    }
    closeAfter(shared.options().limits().headTime());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    shared.open().remove(this);
    cancelTimer();
    drop(arriving);
    waiting.forEach(this::drop);
    waiting.clear();
    arriving = null;
    if (current != null) {
      current.gone().complete(null);
    }
  }

  private void drop(@Nullable Incoming incoming) {
    if (incoming != null) {
      incoming.release();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (discarding) {
      return;
    }
    try {
      if (part.decoderResult().isFailure()) {
        throw Incoming.malformed(part.decoderResult().cause());
      }
      if (part instanceof HttpRequest head) {
        begin(head);
      }
      if (part instanceof HttpContent content) {
        add(content);
      }
    } catch (StatusException e) {
      refuse(arriving, e);
    }
  }

  private void begin(HttpRequest head) {
    Incoming incoming = new Incoming(head, shared);
    arriving = incoming;
    try {
      incoming.checkHead();
    } catch (StatusException e) {
      if (!incoming.isShort()) {
        throw e;
      }
      incoming.refuse(e);
    }
    cancelTimer();
    timer = schedule(shared.options().limits().bodyTime(), this::tooSlow);
    if (HttpUtil.is100ContinueExpected(head)) {
      var unused =
          channel.writeAndFlush(
              new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void tooSlow() {
    refuse(arriving, new StatusException(408, "the request took too long to arrive"));
  }

  private void add(HttpContent content) {
    Incoming incoming = arriving;
    if (incoming == null) {
      return;
    }
    incoming.add(content.content());
    if (content instanceof LastHttpContent) {
      cancelTimer();
      arriving = null;
      waiting.add(incoming.ended());
      if (waiting.size() >= PIPELINED) {
        channel.config().setAutoRead(false);
      }
      next();
    }
  }

  /** Answers the request that came first, once the one before it has its answer. */
  private void next() {
    if (current != null) {
      return;
    }
    Incoming incoming = waiting.poll();
    if (incoming != null) {
      channel.config().setAutoRead(true);
      current = incoming;
      shared.workers().execute(() -> answer(incoming));
    } else if (refusal != null) {
      refusal.run();
      refusal = null;
    } else if (arriving == null && !discarding) {
      closeAfter(shared.options().limits().idleTime());
    }
  }

  private void answer(Incoming incoming) {
    CompletableFuture<Response> answer;
    try {
      answer =
          incoming.gone().isDone()
              ? CompletableFuture.failedFuture(new StatusException(Answered.GONE, "gone"))
              : incoming.answer();
    } catch (RuntimeException | Error e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer.whenComplete(
            (response, failure) -> {
              Response known = failure == null ? response : told(incoming, failure);
              channel.eventLoop().execute(() -> end(incoming, known));
            });
  }

  /** The answer that tells of a failure; one that nobody foresaw goes to the log only. */
  private static Response told(Incoming incoming, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StatusException known) {
      return known.response();
    }
    LOG.error("request {} failed", incoming.id(), cause);
    return Response.error(500, "request " + incoming.id() + " failed; the server's log tells why");
  }

  private void end(Incoming incoming, Response response) {
    boolean last = shared.draining().getAsBoolean() && waiting.isEmpty();
    boolean stay = incoming.isKeptAlive() && !last;
    boolean gone = incoming.gone().isDone();
    incoming.release();
    shared.listener().accept(incoming.answered(gone ? Answered.GONE : response.status(), response));
    if (gone) {
      return;
    }
    var written = channel.writeAndFlush(message(incoming, response, stay));
    if (stay) {
      written.addListener(sent -> goOn());
    } else {
      discarding = true;
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** The next answer is made once this one has been sent, so that a client has to read them. */
  private void goOn() {
    current = null;
    next();
  }

  private static DefaultFullHttpResponse message(
      @Nullable Incoming incoming, Response response, boolean stay) {
    ByteBuf body = Unpooled.wrappedBuffer(response.body().toArray(ByteBuffer[]::new));
    int length = body.readableBytes();
    boolean bodyless = incoming != null && incoming.isHead();
    DefaultFullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(response.status()),
            bodyless ? Unpooled.EMPTY_BUFFER : body);
    message.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    if (!response.type().isEmpty()) {
      message.headers().set(HttpHeaderNames.CONTENT_TYPE, response.type());
    }
    response.headers().forEach(message.headers()::set);
    message.headers().set("X-Content-Type-Options", "nosniff");
    if (incoming != null) {
      incoming.mark(message.headers());
    }
    HttpUtil.setKeepAlive(message, stay);
    return message;
  }

  /**
   * Tells what is wrong with a request that is not read to its end, and closes; what still comes is
   * read for a moment, so that the client sees the answer and no reset.
   */
  private void refuse(@Nullable Incoming incoming, StatusException why) {
    discarding = true;
    arriving = null;
    cancelTimer();
    drop(incoming);
    if (current == null) {
      tell(incoming, why);
    } else {
      refusal = () -> tell(incoming, why);
    }
  }

  private void tell(@Nullable Incoming incoming, StatusException why) {
    if (incoming == null && channel.pipeline().get(HttpContentCompressor.class) != null) {
      // it allows no answer without a request
      channel.pipeline().remove(HttpContentCompressor.class);
    }
    Response response = why.response();
    if (incoming != null) {
      shared.listener().accept(incoming.answered(response.status(), response));
    }
    var written = channel.writeAndFlush(message(incoming, response, false));
    written.addListener(sent -> closeAfter(LINGER));
  }

  private void closeAfter(Duration time) {
    cancelTimer();
    timer = schedule(time, this::close);
  }

  /** Closes the connection now, or after the answers that it waits for. */
  void closeWhenIdle() {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (current == null && arriving == null && waiting.isEmpty()) {
                close();
              }
            });
  }

  private void close() {
    var unused = channel.close();
  }

  private ScheduledFuture<?> schedule(Duration time, Runnable work) {
    return channel.eventLoop().schedule(work, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException || discarding) {
      close();
      return;
    }
    refuse(arriving, Incoming.malformed(cause));
  }
}
