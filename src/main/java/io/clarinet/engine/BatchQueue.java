package io.clarinet.engine;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Requests that wait to be joined into batches, in the order of their coming. */
public final class BatchQueue {
  private int largest;
  private final long longestWait;
  private final int mostWaiting;
  private final BatchPace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private boolean closed;

  /** Requests that may be expected to wait for a batch; many before the first. */
  private int crowd = Integer.MAX_VALUE;

  /**
   * @param largest items of a batch
   * @param longestWait of a request for others to share its batch
   * @param mostWaiting requests
   * @param pace of batches
   */
  public BatchQueue(int largest, Duration longestWait, int mostWaiting, BatchPace pace) {
    this.largest = largest;
    this.pace = pace;
    this.longestWait = longestWait.toNanos();
    this.mostWaiting = mostWaiting;
  }

  /**
   * Inputs of a number of items, and the future of their outputs.
   *
   * @param since time of its coming, as {@link System#nanoTime} tells
   */
  public record Request(
      List<Tensor> inputs, int items, long since, CompletableFuture<List<Tensor>> answer) {
    public Request {
      inputs = List.copyOf(inputs);
    }

    private boolean fits(Request other) {
      for (int i = 0; i < inputs.size(); i++) {
        Shape shape = inputs.get(i).shape();
        if (!shape.equals(other.inputs.get(i).shape().with(0, items))) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Adds a request.
   *
   * @throws RejectedExecutionException if as many wait as may
   * @throws IllegalStateException if the queue is closed
   */
  public void add(Request request) {
    lock.lock();
    try {
      if (closed) {
        throw closed();
      }
      waiting.removeIf(other -> other.answer().isDone());
      if (waiting.size() >= mostWaiting) {
        throw new RejectedExecutionException(
            mostWaiting + " requests wait already; SessionOptions.withMostWaiting lets more wait");
      }
      waiting.add(request);
      if (waiting.size() == 1 || isFull(first())) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Changes the largest number of items of a batch; a request of more goes alone. */
  public void limit(int items) {
    lock.lock();
    try {
      largest = items;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Requests that wait. */
  public int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next batch: those that came first, as many as fit each other and one batch, once
   * there is no room for the next one, as many wait as usual, or the first has waited long enough:
   * no longer than running with those saves.
   *
   * @return no request once the queue is closed
   */
  public List<Request> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        waiting.removeIf(request -> request.answer().isDone());
        List<Request> batch = first();
        long left = batch.isEmpty() ? Long.MAX_VALUE : patienceLeft(batch);
        if (left <= 0) {
          return taken(batch);
        }
        // Object.wait would wait for whole milliseconds
        var unused = changed.awaitNanos(left);
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds for which a batch is still to wait. */
  private long patienceLeft(List<Request> batch) {
    return isFull(batch) ? 0 : batch.get(0).since() + patience(batch) - System.nanoTime();
  }

  private List<Request> taken(List<Request> batch) {
    expect(waiting.size());
    List<Request> taken = trimmed(batch);
    taken.forEach(request -> waiting.remove());
    return taken;
  }

  private List<Request> first() {
    List<Request> batch = new ArrayList<>();
    int items = 0;
    for (Request request : waiting) {
      items += request.items();
      if (!batch.isEmpty() && (items > largest || !request.fits(batch.get(0)))) {
        break;
      }
      batch.add(request);
    }
    return batch;
  }

  /** Less those that had better wait for the next. */
  private List<Request> trimmed(List<Request> batch) {
    int items = items(batch);
    int most = Math.min(items, pace.together(items));
    while (batch.size() > 1 && items > most) {
      items -= batch.remove(batch.size() - 1).items();
    }
    return batch;
  }

  private static int items(List<Request> batch) {
    return batch.stream().mapToInt(Request::items).sum();
  }

  /** As many as waited for the batches before, the last of which counts most. */
  private void expect(int now) {
    crowd = crowd == Integer.MAX_VALUE || now >= crowd ? now : now + (crowd - now) / 2;
  }

  private boolean isFull(List<Request> batch) {
    return batch.size() < waiting.size() || waiting.size() >= crowd || items(batch) >= largest;
  }

  /** Nanoseconds from the coming of the first: as many as the usual crowd saves together. */
  private long patience(List<Request> batch) {
    int items = items(batch);
    int usual = (int) Math.min((long) crowd * items / batch.size(), largest);
    return (long) Math.min(longestWait, pace.saved(items, usual));
  }

  /** Fails the requests that wait, and later ones. */
  public void close() {
    List<Request> refused;
    lock.lock();
    try {
      closed = true;
      refused = List.copyOf(waiting);
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    refused.forEach(request -> request.answer().completeExceptionally(closed()));
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the batcher is closed");
  }
}
