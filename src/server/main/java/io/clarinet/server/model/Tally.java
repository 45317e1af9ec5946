package io.clarinet.server.model;

import io.clarinet.Batcher;
import java.util.Map;
import java.util.TreeMap;

/** Counts of one model since it was loaded; times in nanoseconds. */
public final class Tally {
  private long succeeded;
  private long succeededTime;
  private long failed;
  private long failedTime;
  private long items;
  private long queueTime;
  private long computeTime;
  private long lastMillis;
  private final Map<Integer, Sum> sizes = new TreeMap<>();

  /**
   * A number, and the time that they took together.
   *
   * @param nanos of all
   */
  public record Sum(long count, long nanos) {
    Sum plus(long more, long time) {
      return new Sum(count + more, nanos + time);
    }
  }

  /**
   * The counts at a moment.
   *
   * @param batches by their number of items
   */
  public record Counts(
      Sum success,
      Sum failure,
      Sum queue,
      Sum compute,
      long items,
      long lastMillis,
      Map<Integer, Sum> batches) {
    /** Batches of any size. */
    public long executions() {
      return batches.values().stream().mapToLong(Sum::count).sum();
    }

    /** The number of items that half of all batches have at most; 0 before the first. */
    public int medianBatch() {
      long half = (executions() + 1) / 2;
      for (Map.Entry<Integer, Sum> size : batches.entrySet()) {
        half -= size.getValue().count();
        if (half <= 0) {
          return size.getKey();
        }
      }
      return 0;
    }
  }

  synchronized void add(Batcher.Batch batch) {
    items += batch.items();
    queueTime += batch.waited().toNanos() * batch.requests();
    computeTime += batch.took().toNanos();
    sizes.merge(
        batch.items(),
        new Sum(1, batch.took().toNanos()),
        (one, other) -> one.plus(other.count(), other.nanos()));
  }

  synchronized void request(long nanos, boolean success) {
    if (success) {
      succeeded++;
      succeededTime += nanos;
      lastMillis = System.currentTimeMillis();
    } else {
      failed++;
      failedTime += nanos;
    }
  }

  /** The counts now. */
  public synchronized Counts counts() {
    return new Counts(
        new Sum(succeeded, succeededTime),
        new Sum(failed, failedTime),
        new Sum(succeeded, queueTime),
        new Sum(succeeded, computeTime),
        items,
        lastMillis,
        new TreeMap<>(sizes));
  }
}
