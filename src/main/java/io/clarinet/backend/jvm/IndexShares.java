package io.clarinet.backend.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The indices of a loop as neighbouring shares of its threads. Each takes its own from the front,
 * then what others have left from the back: so a thread has about the same part of a picture in
 * each step of a network, whose data its own cache holds, and none waits for one that is held up.
 *
 * <p>A share is one number: the loop's in the upper half, then the end of what is left, then its
 * beginning. So nothing can be taken of a loop that has ended meanwhile.
 */
final class IndexShares {
  private static final int BITS = 16;
  private static final long MASK = (1 << BITS) - 1;

  /** Numbers in two cache lines, which are often fetched as a pair. */
  private static final int APART = 16;

  private final int threads;
  private final AtomicLongArray shares;
  private int count;
  private int grain;

  IndexShares(int threads) {
    this.threads = threads;
    this.shares = new AtomicLongArray((threads + 1) * APART);
  }

  /** Begins a loop: only when all runs of the one before have ended. */
  void begin(int loop, int indices) {
    count = indices;
    grain = (int) (indices / MASK) + 1;
    long runs = runs();
    for (int i = 0; i < threads; i++) {
      long first = runs * i / threads;
      long end = runs * (i + 1) / threads;
      shares.set(place(i), (long) loop << 2 * BITS | end << BITS | first);
    }
  }

  private static int place(int share) {
    return (share + 1) * APART;
  }

  /**
   * Runs of neighbouring indices that are taken at once; of one index each unless they are many.
   */
  int runs() {
    return ceilDiv(count, grain);
  }

  /** First index of a run. */
  int first(int run) {
    return run * grain;
  }

  /** End of a run's indices. */
  int end(int run) {
    return (int) Math.min(count, (run + 1L) * grain);
  }

  /** A thread's share as {@link #take} wants it. */
  long seen(int share) {
    return shares.get(place(share));
  }

  /** The run that a thread would take of a share; -1 if none is left. */
  static int next(long seen, boolean own) {
    int first = (int) (seen & MASK);
    int end = (int) (seen >>> BITS & MASK);
    return first == end ? -1 : own ? first : end - 1;
  }

  /** Takes what {@link #next} told; false if the share is not as it was seen. */
  boolean take(int share, long seen, boolean own) {
    return shares.compareAndSet(place(share), seen, own ? seen + 1 : seen - (1L << BITS));
  }
}
