package io.clarinet.grpc;

import io.clarinet.server.http.Answered;
import io.clarinet.server.http.StatusException;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A call whose messages count from their first byte until they are answered: one answer each, in
 * order. It may be ended by what arrives while it is answered.
 */
final class CountedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final Gate gate;
  private final Arriving arriving;
  private final String id;
  private final @Nullable String trace;
  private final long begun = System.nanoTime();
  private final Deque<Long> sizes = new ArrayDeque<>();
  private long received;
  private long sent;
  private @Nullable Status status;
  private volatile boolean refused;

  CountedCall(
      ServerCall<Q, A> call, Gate gate, Arriving arriving, String id, @Nullable String trace) {
    super(call);
    this.gate = gate;
    this.arriving = arriving;
    this.id = id;
    this.trace = trace;
  }

  @Override
  public void sendHeaders(Metadata headers) {
    Gate.mark(headers, id, trace);
    synchronized (sizes) {
      if (status == null) {
        super.sendHeaders(headers);
      }
    }
  }

  @Override
  public void sendMessage(A message) {
    synchronized (sizes) {
      sent += Gate.size(message);
      Long size = sizes.poll();
      gate.release(size == null ? 0 : size);
      if (status == null) {
        super.sendMessage(message);
      }
    }
  }

  @Override
  public void close(Status given, Metadata trailers) {
    synchronized (sizes) {
      if (status != null) {
        return;
      }
      status = given;
      super.close(given, trailers);
    }
  }

  /** Ends it, though it may not have come whole. */
  void refuse(StatusException why) {
    refused = true;
    close(Statuses.of(why), new Metadata());
  }

  static StatusException noRoom() {
    return new StatusException(429, "the requests under way take all memory there is");
  }

  private boolean take(Q message) {
    synchronized (sizes) {
      long size = Gate.size(message);
      received += size;
      sizes.add(size);
      return gate.take(size - arriving.handOver()) && status == null;
    }
  }

  private void end(boolean gone) {
    synchronized (sizes) {
      sizes.forEach(gate::release);
      sizes.clear();
    }
    String path = "/" + getMethodDescriptor().getFullMethodName();
    int told = gone || status == null ? 499 : Statuses.http(status);
    long nanos = System.nanoTime() - begun;
    gate.ended(new Answered(id, "POST", path, path, told, received, sent, nanos, trace));
  }

  /** What hears of the call, less the messages for which there is no room. */
  ServerCall.Listener<Q> listening(ServerCall.Listener<Q> to) {
    return new SimpleForwardingServerCallListener<>(to) {
      @Override
      public void onMessage(Q message) {
        if (take(message)) {
          super.onMessage(message);
        } else {
          refuse(noRoom());
        }
      }

      @Override
      public void onHalfClose() {
        arriving.whole();
        if (!refused) {
          super.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        end(true);
        super.onCancel();
      }

      @Override
      public void onComplete() {
        end(false);
        super.onComplete();
      }
    };
  }
}
