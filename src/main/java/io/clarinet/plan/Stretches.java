package io.clarinet.plan;

import java.util.Map;
import java.util.TreeMap;

/** A set of whole numbers, kept as stretches that do not touch. */
final class Stretches {
  private final TreeMap<Long, Long> ends = new TreeMap<>();

  /** Adds {@code from} (inclusive) to {@code to} (exclusive), of which none may be in yet. */
  boolean add(long from, long to) {
    Map.Entry<Long, Long> below = ends.floorEntry(from);
    Map.Entry<Long, Long> above = ends.ceilingEntry(from);
    if ((below != null && below.getValue() > from) || (above != null && above.getKey() < to)) {
      return false;
    }
    long start = below != null && below.getValue() == from ? below.getKey() : from;
    long end = above != null && above.getKey() == to ? above.getValue() : to;
    ends.remove(to);
    ends.put(start, end);
    return true;
  }

  /** Whether all of {@code from} (inclusive) to {@code to} (exclusive) are in. */
  boolean contains(long from, long to) {
    Map.Entry<Long, Long> below = ends.floorEntry(from);
    return below != null && below.getValue() >= to;
  }
}
