package io.clarinet.engine;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What batches of each size took lately, and so how many of the items that wait had better go
 * together: 9 in a batch of 16 take twice as long as 8 on a device that such a batch keeps busy,
 * and as long as 8 on one that it does not.
 */
public final class BatchPace {
  private static final double NEWS = 0.125;

  private final Set<Integer> begun = ConcurrentHashMap.newKeySet();
  private final NavigableMap<Integer, Double> nanos = new ConcurrentSkipListMap<>();

  /** Tells how long a batch of a size took. The first one counts for nothing: it made the plan. */
  public void ran(int size, long took) {
    if (!begun.add(size)) {
      nanos.merge(size, (double) took, (known, now) -> known + NEWS * (now - known));
    }
  }

  /**
   * Of so many items that wait, those to run next: all, or as many as fill the smaller size where
   * one of them then takes less.
   */
  public int together(int items) {
    Map.Entry<Integer, Double> filled = nanos.floorEntry(items);
    Map.Entry<Integer, Double> all = nanos.ceilingEntry(items);
    boolean isLess =
        filled != null
            && all != null
            && filled.getValue() / filled.getKey() < all.getValue() / items;
    return isLess ? filled.getKey() : items;
  }
}
