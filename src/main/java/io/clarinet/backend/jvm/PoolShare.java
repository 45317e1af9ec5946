package io.clarinet.backend.jvm;

import java.util.HashMap;
import java.util.Map;

/**
 * A share in the one pool of all backends of as many threads: several sessions run no more threads
 * than one does. The threads start with the first share and end with the last.
 */
final class PoolShare implements AutoCloseable {
  private static final Map<Integer, Shared> POOLS = new HashMap<>();

  private final WorkerPool pool;
  private boolean closed;

  private static final class Shared {
    final WorkerPool pool;
    int shares;

    Shared(WorkerPool pool) {
      this.pool = pool;
    }
  }

  private PoolShare(WorkerPool pool) {
    this.pool = pool;
  }

  /**
   * A share in a pool.
   *
   * @param threads of the pool, callers included
   */
  static PoolShare of(int threads) {
    synchronized (POOLS) {
      Shared shared = POOLS.computeIfAbsent(threads, n -> new Shared(new WorkerPool(n)));
      shared.shares++;
      return new PoolShare(shared.pool);
    }
  }

  /** Shares that are held in the pool of so many threads. */
  static int shares(int threads) {
    synchronized (POOLS) {
      Shared shared = POOLS.get(threads);
      return shared == null ? 0 : shared.shares;
    }
  }

  WorkerPool pool() {
    return pool;
  }

  /** Gives the share up; a second call does nothing. */
  @Override
  public void close() {
    synchronized (POOLS) {
      Shared shared = POOLS.get(pool.threads());
      if (!closed && shared != null && --shared.shares == 0) {
        POOLS.remove(pool.threads());
        pool.close();
      }
      closed = true;
    }
  }
}
