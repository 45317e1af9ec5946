package io.clarinet.grpc;

import io.clarinet.server.http.StatusException;
import io.grpc.Context;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts a call's messages while they arrive, before they are whole, and ends a call that lets them
 * take too long: a unary one from its start to its last byte, each message of a stream from its
 * first byte to its last.
 */
final class Arriving extends ServerStreamTracer {
  private static final Context.Key<Arriving> KEY = Context.key("arriving");

  private final Gate gate;
  private final Deque<Long> sizes = new ArrayDeque<>();
  private Consumer<StatusException> refusal = why -> {};
  private boolean isUnary;
  private @Nullable Future<?> timer;
  private long held;
  private boolean ended;

  Arriving(Gate gate) {
    this.gate = gate;
  }

  /** That of the call which is being started. */
  static Arriving current() {
    return KEY.get();
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  /**
   * Watches over the call from now on.
   *
   * @param refusal ends it
   */
  synchronized void watch(boolean unary, Consumer<StatusException> refusal) {
    this.refusal = refusal;
    isUnary = unary;
    if (unary) {
      arm();
    }
  }

  private void arm() {
    if (timer == null && !ended) {
      timer = gate.afterBodyTime(this::tooSlow);
    }
  }

  private void tooSlow() {
    refuse(new StatusException(408, "the request took too long to arrive"));
  }

  private void refuse(StatusException why) {
    Consumer<StatusException> told;
    synchronized (this) {
      drop(); // it ends now, and the others need not
      told = refusal;
    }
    told.accept(why);
  }

  /** All of a unary call has come, or the message of a stream. */
  synchronized void whole() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  @Override
  public void inboundWireSize(long bytes) {
    synchronized (this) {
      if (ended) {
        return;
      }
      held += bytes;
      if (gate.take(bytes)) {
        arm();
        return;
      }
    }
    refuse(CountedCall.noRoom());
  }

  @Override
  public synchronized void inboundMessageRead(int number, long wireSize, long size) {
    if (!ended) {
      sizes.add(wireSize);
    }
    if (!isUnary) {
      whole();
    }
  }

  /** The bytes of the first message that came whole, which its receiver counts from now on. */
  synchronized long handOver() {
    Long size = sizes.poll();
    if (size == null) {
      return 0;
    }
    held -= size;
    return size;
  }

  @Override
  public synchronized void streamClosed(Status status) {
    drop();
  }

  private void drop() {
    ended = true;
    whole();
    gate.release(held);
    held = 0;
    sizes.clear();
  }
}
