package io.clarinet.engine;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What batches of each size took lately, and so how many of the items that wait had better go
 * together: 9 in a batch of 16 take twice as long as 8 on a device that such a batch keeps busy,
 * and as long as 8 on one that it does not. Of the thread that runs the batches.
 */
public final class BatchPace {
  private static final double NEWS = 0.125;
  private static final double NEWS_OF_DOUBTED = 0.5;

  /** A batch that took longer than this many times the usual was held up by something else. */
  private static final double MOST_NEWS = 2;

  /** Batches without a size after which its time is doubted: a compiler may have slowed it. */
  private static final int LONG = 32;

  private final NavigableMap<Integer, Size> sizes = new TreeMap<>();
  private long batches;

  /** What is known of a size. */
  private static final class Size {
    /** Less than 0 until a second batch ran: the first made the plan. */
    private double nanos = -1;

    private long last;
    private int passedOver;

    boolean isKnown() {
      return nanos >= 0;
    }

    void ran(double took) {
      double news = passedOver >= LONG ? NEWS_OF_DOUBTED : NEWS;
      nanos = isKnown() ? nanos + news * (Math.min(took, MOST_NEWS * nanos) - nanos) : took;
    }
  }

  /** Tells how long a batch of a size took. The first one counts for nothing: it made the plan. */
  public void ran(int size, long took) {
    batches++;
    Size known = sizes.get(size);
    if (known == null) {
      known = new Size();
      sizes.put(size, known);
    } else {
      known.ran(took);
    }
    known.last = batches;
    known.passedOver = 0;
  }

  /**
   * Of so many items that wait, those to run next: all, or as many as fill the smaller size where
   * one of them then takes less. A size that was passed over for long has its turn, so that a time
   * that is true no more does not decide for ever.
   */
  public int together(int items) {
    Map.Entry<Integer, Size> filled = sizes.floorEntry(items);
    Map.Entry<Integer, Size> all = sizes.ceilingEntry(items);
    if (filled == null || all == null || filled.getKey() == items) {
      return items;
    }
    if (!filled.getValue().isKnown() || !all.getValue().isKnown()) {
      return items;
    }
    boolean isLess = nanos(filled.getKey()) / filled.getKey() < nanos(items) / items;
    Size other = isLess ? all.getValue() : filled.getValue();
    boolean isTurn = other.passedOver++ >= LONG;
    return isLess != isTurn ? filled.getKey() : items;
  }

  /**
   * Nanoseconds that more items save by running together, in place of some of them first; none
   * where those have not run for long, and any number where a time is not known.
   */
  public double saved(int items, int more) {
    Map.Entry<Integer, Size> first = sizes.ceilingEntry(items);
    if (more <= items || first != null && batches - first.getValue().last > LONG) {
      return 0;
    }
    double saved = nanos(items) + nanos(more - items) - nanos(more);
    return Double.isNaN(saved) ? Double.POSITIVE_INFINITY : saved;
  }

  private double nanos(int items) {
    Map.Entry<Integer, Size> size = sizes.ceilingEntry(items);
    return size == null || !size.getValue().isKnown() ? Double.NaN : size.getValue().nanos;
  }
}
