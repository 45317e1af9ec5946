package io.clarinet.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request that is arriving, and the memory that it takes until it is answered. */
final class Incoming {
  private static final String TRACE = "traceparent";
  private static final long GROWTH = 4;
  private static final int FIRST = 64 << 10;
  private static final int SHORT = 64 << 10;
  private static final int PARAMETERS = 64;

  private final HttpRequest head;
  private final Connection.Shared shared;
  private final String id;
  private byte[] body = new byte[0];
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private Router.@Nullable Route route;
  private @Nullable Request request;
  private String path = "";
  private long end = System.nanoTime();
  private int received;
  private boolean released;
  private @Nullable StatusException refusal;

  Incoming(HttpRequest head, Connection.Shared shared) {
    this.head = head;
    this.shared = shared;
    this.id = RequestId.of(head.headers().get(RequestId.HEADER));
  }

  /**
   * Returns if a request may come in, before any of its body is taken.
   *
   * @throws StatusException if it may not
   */
  void checkHead() {
    QueryStringDecoder uri = decoded(head.uri());
    path = uri.path();
    Request known = request(uri);
    Router.Route found = shared.router().find(known);
    if (!found.isOpen()) {
      shared.options().guard().check(known.headers());
    }
    checkLength();
    checkEncoding();
    route = found;
    request = known;
  }

  private static QueryStringDecoder decoded(String uri) {
    try {
      QueryStringDecoder decoder =
          new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, PARAMETERS);
      decoder.path();
      decoder.parameters();
      return decoder;
    } catch (IllegalArgumentException e) {
      throw new StatusException(400, "the address is not well formed");
    }
  }

  private Request request(QueryStringDecoder uri) {
    return new Request(
        id,
        head.method().name(),
        uri.path(),
        uri.parameters(),
        Map.of(),
        name -> head.headers().get(name),
        ByteBuffer.allocate(0),
        gone,
        shared.workers());
  }

  private void checkLength() {
    String given = head.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    long length;
    try {
      length = given == null ? 0 : Long.parseLong(given.strip());
    } catch (NumberFormatException e) {
      throw new StatusException(400, "Content-Length is no number");
    }
    if (length < 0) {
      throw new StatusException(400, "Content-Length is below zero");
    }
    checkSize(length);
    if (shared.bodies().get() + length > shared.options().limits().bodies()) {
      throw noRoom();
    }
  }

  private static StatusException noRoom() {
    return StatusException.tryAgain(503, "the requests under way take all memory there is");
  }

  private void checkSize(long bytes) {
    int most = shared.options().limits().body();
    if (bytes > most) {
      throw new StatusException(413, "a request has at most " + most + " bytes");
    }
  }

  /** What a handler further ahead has taken off is not there any more. */
  private void checkEncoding() {
    String encoding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new StatusException(415, "bodies may be compressed by gzip or deflate");
    }
  }

  /**
   * Takes a part of the body.
   *
   * @throws StatusException 413 or 503
   */
  void add(ByteBuf part) {
    int bytes = part.readableBytes();
    if (bytes == 0 || refusal != null) {
      return;
    }
    checkSize((long) received + bytes);
    received += bytes;
    if (shared.bodies().addAndGet(bytes) > shared.options().limits().bodies()) {
      throw noRoom();
    }
    if (received > body.length) {
      body = Arrays.copyOf(body, room());
    }
    part.getBytes(part.readerIndex(), body, received - bytes, bytes);
  }

  /** Grows with what has come, and ends at what was declared: that alone is not believed. */
  private int room() {
    long declared = HttpUtil.getContentLength(head, (long) shared.options().limits().body());
    return (int) Math.max(received, Math.min(declared, Math.max(FIRST, GROWTH * body.length)));
  }

  /** The request with its body. */
  Incoming ended() {
    end = System.nanoTime();
    if (request != null) {
      request =
          new Request(
              id,
              request.method(),
              request.path(),
              request.query(),
              Map.of(),
              request.headers(),
              ByteBuffer.wrap(body, 0, received).slice(),
              gone,
              shared.workers());
    }
    return this;
  }

  /**
   * The answer of what its path names.
   *
   * @throws StatusException if it was refused
   */
  CompletableFuture<Response> answer() {
    if (refusal != null || route == null || request == null) {
      return CompletableFuture.failedFuture(
          refusal == null ? new IllegalStateException("no head was checked") : refusal);
    }
    return Router.answer(route, request);
  }

  /** Whether its body may as well be read, though nobody wants it. */
  boolean isShort() {
    boolean told = !HttpUtil.isTransferEncodingChunked(head);
    return told && HttpUtil.getContentLength(head, 0L) <= SHORT;
  }

  /** Has it answered by a refusal, its body read and dropped. */
  void refuse(StatusException why) {
    refusal = why;
  }

  CompletableFuture<Void> gone() {
    return gone;
  }

  String id() {
    return id;
  }

  boolean isKeptAlive() {
    return HttpUtil.isKeepAlive(head);
  }

  boolean isHead() {
    return head.method().equals(HttpMethod.HEAD);
  }

  /** Takes it off what the requests under way take. */
  void release() {
    if (!released) {
      released = true;
      shared.bodies().addAndGet(-received);
    }
  }

  /** Puts what tells the request into its answer. */
  void mark(HttpHeaders headers) {
    headers.set(RequestId.HEADER, id);
    String trace = head.headers().get(TRACE);
    if (trace != null) {
      headers.set(TRACE, trace);
    }
  }

  Answered answered(int status, Response response) {
    String known = route == null ? "" : route.path();
    long sent = response.body().stream().mapToLong(ByteBuffer::remaining).sum();
    return new Answered(
        id,
        head.method().name(),
        known,
        path,
        status,
        received,
        sent,
        System.nanoTime() - end,
        head.headers().get(TRACE));
  }

  /** What to tell of bytes that are no request. */
  static StatusException malformed(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new StatusException(414, "the address is too long");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new StatusException(431, "the headers are too long");
    }
    if (cause instanceof DecompressionException
        || cause.getCause() instanceof DecompressionException) {
      return new StatusException(400, "the body is not compressed as its header says");
    }
    return new StatusException(400, "this is no request of HTTP");
  }
}
