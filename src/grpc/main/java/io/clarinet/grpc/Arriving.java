package io.clarinet.grpc;

import io.grpc.Context;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts a call's messages while they arrive, before they are whole. */
final class Arriving extends ServerStreamTracer {
  private static final Context.Key<Arriving> KEY = Context.key("arriving");

  private final Gate gate;
  private final Deque<Long> whole = new ArrayDeque<>();
  private Runnable refuse = () -> {};
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
   * @param refusal ends the call; it is run where there is no room for what arrives
   */
  synchronized void whenFull(Runnable refusal) {
    refuse = refusal;
  }

  @Override
  public void inboundWireSize(long bytes) {
    Runnable refusal;
    synchronized (this) {
      if (ended) {
        return;
      }
      held += bytes;
      if (gate.take(bytes)) {
        return;
      }
      drop(); // it ends now, and the others need not
      refusal = refuse;
    }
    refusal.run();
  }

  @Override
  public synchronized void inboundMessageRead(int number, long wireSize, long size) {
    if (!ended) {
      whole.add(wireSize);
    }
  }

  /** The bytes of the first message that came whole, which its receiver counts from now on. */
  synchronized long handOver() {
    Long size = whole.poll();
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
    gate.release(held);
    held = 0;
    whole.clear();
  }
}
