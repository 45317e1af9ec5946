package io.clarinet.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of lanes. Callers take them in the order of their coming; the first lane is made
 * with the pool, the others when they are needed.
 */
final class LanePool implements AutoCloseable {
  private final int size;
  private final Lane.Maker maker;
  private final Runnable whenClosed;
  private final Semaphore free;
  private final Deque<Lane> idle = new ArrayDeque<>();
  private boolean closed;
  private boolean released;

  /**
   * @param size lanes in use at a time
   * @param whenClosed called once, when no lane is in use any more
   */
  LanePool(int size, Lane.Maker maker, Runnable whenClosed) {
    this.size = size;
    this.maker = maker;
    this.whenClosed = whenClosed;
    this.free = new Semaphore(size, true);
    idle.push(maker.make(false));
  }

  /**
   * Waits for a lane; {@link #giveBack} or {@link #discard} must follow.
   *
   * @throws IllegalStateException if the pool is closed
   */
  Lane take() {
    free.acquireUninterruptibly();
    try {
      Lane lane = poll();
      return lane == null ? maker.make(false) : lane;
    } catch (RuntimeException | Error e) {
      free.release();
      throw e;
    }
  }

  /** Takes a lane made for tracing, in place of an idle one; otherwise like {@link #take}. */
  Lane takeForTracing() {
    free.acquireUninterruptibly();
    try {
      Lane spare = poll();
      if (spare != null) {
        spare.close();
      }
      return maker.make(true);
    } catch (RuntimeException | Error e) {
      free.release();
      throw e;
    }
  }

  private synchronized @Nullable Lane poll() {
    if (closed) {
      throw new IllegalStateException("the session is closed; open a new one");
    }
    return idle.poll();
  }

  /** Takes a lane back for the next caller. */
  void giveBack(Lane lane) {
    push(lane);
    free.release();
  }

  private synchronized void push(Lane lane) {
    idle.push(lane);
  }

  /** Takes a lane back that must not be used again, and closes it. */
  void discard(Lane lane) {
    try {
      lane.close();
    } finally {
      free.release();
    }
  }

  /** Number of lanes, in use or idle. */
  synchronized int count() {
    return size - free.availablePermits() + idle.size();
  }

  /**
   * Refuses further callers, waits for the lanes in use and closes all; any call waits for that.
   */
  @Override
  public void close() {
    refuse();
    free.acquireUninterruptibly(size);
    try {
      release();
    } finally {
      free.release(size);
    }
  }

  private synchronized void refuse() {
    closed = true;
  }

  private void release() {
    if (released) {
      return;
    }
    released = true;
    try {
      idle.forEach(Lane::close);
      idle.clear();
    } finally {
      whenClosed.run();
    }
  }
}
