package io.clarinet.backend.jvm;

import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Own;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Daemon threads that run the indices of one loop at a time, together with the calling thread. A
 * loop allocates nothing, and never waits for a thread that has not taken an index: a thread that
 * the system holds up delays only what it has taken. While another caller's loop is running, a loop
 * runs on its caller alone.
 *
 * <p>Of those who {@link #begin} as many go on at a time as there are threads, in the order of
 * their coming, and for each beyond the first one of the pool's own threads stands back: no more
 * are at work than were asked for.
 */
final class WorkerPool implements JvmKernel.Threads, AutoCloseable {
  private static final long SPIN_NANOS = 100_000;
  private static final int SPINS_BEFORE_YIELD = 2_000;

  private final List<Worker> workers = new ArrayList<>();
  private final Semaphore turns;

  /** What callers have for themselves while they run loops, the last used first. */
  private final Deque<Own.Shelf> shelves = new ConcurrentLinkedDeque<>();

  private final AtomicBoolean busy = new AtomicBoolean();

  private final IndexShares shares;

  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean closed;

  /** Number of the current loop, whose body and shares were set before. */
  private volatile int current;

  private IntConsumer body = WorkerPool::nothing;

  /**
   * @param threads that run a loop, its caller included
   */
  WorkerPool(int threads) {
    this.turns = new Semaphore(threads, true);
    this.shares = new IndexShares(threads);
    for (int i = 1; i < threads; i++) {
      Worker worker = worker(i);
      workers.add(worker);
      worker.start();
    }
  }

  /** A thread keeps the access context, and so the class loaders, of all who call for it. */
  @SuppressWarnings("removal")
  private Worker worker(int number) {
    return AccessController.doPrivileged((PrivilegedAction<Worker>) () -> new Worker(number));
  }

  /** Threads that run a loop, its caller included. */
  int threads() {
    return workers.size() + 1;
  }

  /** Number of the calling thread: 0 for a loop's caller, 1 … for the pool's own. */
  @Override
  public int worker() {
    return Thread.currentThread() instanceof Worker worker ? worker.number : 0;
  }

  /** Waits for a turn to run loops, which wakes the threads; {@link #end} must follow. */
  void begin() {
    turns.acquireUninterruptibly();
    wake();
    Own.Shelf shelf = shelves.pollFirst();
    Own.take(shelf == null ? new Own.Shelf() : shelf);
  }

  private void wake() {
    for (int i = 0; i < workers.size(); i++) {
      if (workers.get(i).parked && mayHelp(i + 1)) {
        LockSupport.unpark(workers.get(i));
      }
    }
  }

  /** Ends what {@link #begin} began. */
  void end() {
    shelves.addFirst(Own.leave());
    turns.release();
  }

  /** Whether a thread of this number may work beside those that have begun. */
  private boolean mayHelp(int number) {
    return number <= turns.availablePermits();
  }

  /** Runs {@code loop} for 0 … count-1; its first exception is thrown here when all are done. */
  @Override
  public void parallel(int indices, IntConsumer loop) {
    if (indices <= 1 || workers.isEmpty() || !busy.compareAndSet(false, true)) {
      for (int i = 0; i < indices; i++) {
        loop.accept(i);
      }
      return;
    }
    try {
      start(indices, loop);
      help(0);
      awaitAll();
    } finally {
      body = WorkerPool::nothing;
      busy.set(false);
    }
  }

  /** The body between loops, which holds no session's memory. */
  private static void nothing(int index) {}

  private void start(int indices, IntConsumer loop) {
    body = loop;
    done.set(0);
    failure.setPlain(null);
    shares.begin(current + 1, indices);
    current++;
    wake();
  }

  /** Runs what is left of the current loop, a thread's own share first. */
  private void help(int number) {
    for (int i = 0; i < threads(); i++) {
      help(number, (number + i) % threads());
    }
  }

  /**
   * Takes runs of a share until none is left. Taking one succeeds only while its loop is the
   * current one, so the loop's body, read before, was its own.
   */
  private void help(int number, int share) {
    boolean own = share == number;
    for (long seen = shares.seen(share); mayHelp(number); seen = shares.seen(share)) {
      int run = IndexShares.next(seen, own);
      if (run < 0) {
        return;
      }
      IntConsumer loop = body;
      if (shares.take(share, seen, own)) {
        run(loop, run);
      }
    }
  }

  @SuppressWarnings("CatchingUnchecked")
  private void run(IntConsumer loop, int run) {
    int end = shares.end(run);
    for (int index = shares.first(run); index < end; index++) {
      try {
        loop.accept(index);
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
      }
    }
    done.incrementAndGet();
  }

  private void awaitAll() {
    for (int spins = 0; done.get() < shares.runs(); spins++) {
      if (spins < SPINS_BEFORE_YIELD) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    Throwable thrown = failure.get();
    if (thrown != null) {
      failure.setPlain(null);
      rethrow(thrown);
    }
  }

  private static void rethrow(Throwable thrown) {
    if (thrown instanceof Error e) {
      throw e;
    }
    throw thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
  }

  @Override
  public void close() {
    closed = true;
    workers.forEach(LockSupport::unpark);
  }

  /** A thread that outlives the one that started it, so inherits nothing of it. */
  private final class Worker extends Thread {
    private final int number;
    private volatile boolean parked;

    Worker(int number) {
      super(null, null, "clarinet-cpu-" + number, 0, false);
      this.number = number;
      setDaemon(true);
      setContextClassLoader(WorkerPool.class.getClassLoader());
    }

    @Override
    public void run() {
      int seen = 0;
      while (!closed) {
        int loop = current;
        if (loop == seen) {
          await(seen);
        } else {
          seen = loop;
          help(number);
        }
      }
    }

    /** Waits for another loop than {@code seen} to help with: first awake, then asleep. */
    private void await(int seen) {
      while (!isAwaited(seen) && !closed) {
        long start = System.nanoTime();
        while (!isAwaited(seen) && mayHelp(number) && System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        }
        parked = true;
        if (!isAwaited(seen) && !closed) {
          LockSupport.park(WorkerPool.this);
        }
        parked = false;
      }
    }

    private boolean isAwaited(int seen) {
      return current != seen && mayHelp(number);
    }
  }
}
