package io.clarinet.grpc;

import com.google.protobuf.MessageLite;
import io.clarinet.server.http.Answered;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.RequestId;
import io.clarinet.server.http.StatusException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets calls in that may, counts what they take, and tells of their end. */
final class Gate implements ServerInterceptor {
  private static final Metadata.Key<String> ID = key(RequestId.HEADER.toLowerCase(Locale.ROOT));
  private static final Metadata.Key<String> TRACE = key("traceparent");
  private static final String LIVE = "inference.GRPCInferenceService/ServerLive";
  private static final String READY = "inference.GRPCInferenceService/ServerReady";

  private final HttpOptions options;
  private final Consumer<Answered> listener;
  private final ScheduledExecutorService timers;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * @param listener told of every answer
   * @param timers of calls that arrive slowly
   */
  Gate(HttpOptions options, Consumer<Answered> listener, ScheduledExecutorService timers) {
    this.options = options;
    this.listener = listener;
    this.timers = timers;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String id = RequestId.of(headers.get(ID));
    Arriving arriving = Arriving.current();
    CountedCall<Q, A> counted = new CountedCall<>(call, this, arriving, id, headers.get(TRACE));
    try {
      check(call, headers);
    } catch (StatusException e) {
      counted.close(Statuses.of(e), new Metadata());
      return counted.listening(new ServerCall.Listener<>() {});
    }
    boolean unary = call.getMethodDescriptor().getType().clientSendsOneMessage();
    arriving.watch(unary, counted::refuse);
    return counted.listening(next.startCall(counted, headers));
  }

  private void check(ServerCall<?, ?> call, Metadata headers) {
    if (Connections.areTooMany(call)) {
      throw StatusException.tryAgain(503, "too many connections are open");
    }
    String method = call.getMethodDescriptor().getFullMethodName();
    if (!method.equals(LIVE) && !method.equals(READY)) {
      options.guard().check(name -> header(call, headers, name));
    }
  }

  private static @Nullable String header(ServerCall<?, ?> call, Metadata headers, String name) {
    return name.equals("Host")
        ? call.getAuthority()
        : headers.get(key(name.toLowerCase(Locale.ROOT)));
  }

  /** Adds a message; false if those under way take too much then. */
  boolean take(long size) {
    return bytes.addAndGet(size) <= options.limits().bodies();
  }

  /** Takes messages off that were answered. */
  void release(long size) {
    bytes.addAndGet(-size);
  }

  /** Does something once a request should have arrived. */
  Future<?> afterBodyTime(Runnable work) {
    long nanos = options.limits().bodyTime().toNanos();
    return timers.schedule(work, nanos, TimeUnit.NANOSECONDS);
  }

  /** Bytes of all messages under way. */
  long underWay() {
    return bytes.get();
  }

  void ended(Answered answered) {
    listener.accept(answered);
  }

  static void mark(Metadata headers, String id, @Nullable String trace) {
    headers.put(ID, id);
    if (trace != null) {
      headers.put(TRACE, trace);
    }
  }

  static long size(Object message) {
    return message instanceof MessageLite known ? known.getSerializedSize() : 0;
  }
}
