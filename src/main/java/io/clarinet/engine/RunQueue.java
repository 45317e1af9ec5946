package io.clarinet.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Runs that wait for their turn, in the order of their coming and at most a number of them, on
 * threads of their own, which end when there is nothing to do.
 */
public final class RunQueue implements AutoCloseable {
  private static final int IDLE_SECONDS = 1;

  private final int mostWaiting;
  private final ThreadPoolExecutor threads;

  /**
   * @param atOnce runs under way at a time
   * @param mostWaiting runs that wait beside these
   */
  public RunQueue(int atOnce, int mostWaiting) {
    this.mostWaiting = mostWaiting;
    this.threads =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(mostWaiting),
            RunQueue::thread);
    threads.allowCoreThreadTimeOut(true);
  }

  /** A thread without the thread-locals and the class loader of the first caller. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "clarinet-runs", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(RunQueue.class.getClassLoader());
    return thread;
  }

  /** A run that waits, is under way or has ended. */
  private final class Run<T> extends CompletableFuture<T> implements Runnable {
    private final Supplier<T> work;
    private final AtomicBoolean taken = new AtomicBoolean();

    Run(Supplier<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (isDone() || !taken.compareAndSet(false, true)) {
        return;
      }
      try {
        complete(work.get());
      } catch (Throwable e) {
        completeExceptionally(e);
      }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      if (!taken.compareAndSet(false, true)) {
        return isCancelled();
      }
      threads.remove(this);
      return super.cancel(mayInterrupt);
    }
  }

  /**
   * The work's result, or its failure: RejectedExecutionException if too many wait already,
   * IllegalStateException if the queue is closed before the work's turn. Cancelling takes the work
   * out of the queue, and does nothing once it is under way.
   */
  public <T> CompletableFuture<T> submit(Supplier<T> work) {
    Run<T> run = new Run<>(work);
    if (!offer(run) && !(dropCompleted() && offer(run))) {
      run.completeExceptionally(threads.isShutdown() ? closed() : full());
    }
    return run;
  }

  private boolean offer(Run<?> run) {
    try {
      threads.execute(run);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /**
   * Drops runs that their callers completed meanwhile, as a timeout does; whether there were any.
   */
  private boolean dropCompleted() {
    return threads.getQueue().removeIf(run -> ((Run<?>) run).isDone());
  }

  private RejectedExecutionException full() {
    return new RejectedExecutionException(
        mostWaiting + " runs wait already; SessionOptions.withMostWaiting lets more wait");
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the session is closed");
  }

  /** Fails the runs that wait, and later ones; those under way go on. */
  @Override
  public void close() {
    threads.shutdown();
    List<Runnable> waiting = new ArrayList<>();
    threads.getQueue().drainTo(waiting);
    for (Runnable each : waiting) {
      ((Run<?>) each).completeExceptionally(closed());
    }
  }
}
