package io.clarinet.cli.folder;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Files read by many threads ahead of whoever takes them, in their order. Never more wait than a
 * window holds, which begins small, so that the first answers come soon. For one taker.
 */
public final class ReadAhead<T> implements AutoCloseable {
  private final List<String> names;
  private final Function<String, T> read;
  private final ExecutorService readers;
  private final Queue<CompletableFuture<T>> ahead = new ArrayDeque<>();
  private final int largest;
  private int window;
  private int next;

  /**
   * @param first window
   * @param largest window, to which it doubles
   */
  public ReadAhead(
      List<String> names, Function<String, T> read, int threads, int first, int largest) {
    this.names = names;
    this.read = read;
    this.window = first;
    this.largest = Math.max(first, largest);
    this.readers = Executors.newFixedThreadPool(threads, ReadAhead::reader);
  }

  private static Thread reader(Runnable work) {
    Thread thread = new Thread(work, "clarinet-read-ahead");
    thread.setDaemon(true);
    return thread;
  }

  /** Whether all have been taken. */
  public boolean isEmpty() {
    return ahead.isEmpty() && next == names.size();
  }

  /**
   * The next ones, at most so many.
   *
   * @param inTurns whether reading and the taker's work take turns, as where both need the same
   *     cores; else reading goes on meanwhile
   */
  public List<T> take(int count, boolean inTurns) {
    if (!inTurns || ahead.isEmpty()) {
      start();
    }
    if (inTurns) {
      ahead.forEach(ReadAhead::result);
    }
    List<T> taken = new ArrayList<>();
    while (taken.size() < count && !ahead.isEmpty()) {
      taken.add(result(ahead.remove()));
    }
    if (!inTurns) {
      start();
    }
    return taken;
  }

  private static <T> T result(CompletableFuture<T> read) {
    try {
      return read.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void start() {
    while (next < names.size() && ahead.size() < window) {
      String name = names.get(next++);
      ahead.add(CompletableFuture.supplyAsync(() -> read.apply(name), readers));
    }
    window = Math.min(largest, 2 * window);
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    readers.shutdownNow();
  }
}
