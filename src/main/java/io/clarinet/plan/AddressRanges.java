package io.clarinet.plan;

import java.util.Map;
import java.util.TreeMap;

/** A set of addresses as ranges that neither overlap nor touch. */
final class AddressRanges {
  private final TreeMap<Long, Long> endByStart = new TreeMap<>();

  /** Adds the addresses from one (inclusive) to another (exclusive). */
  void add(long from, long to) {
    long start = from;
    long end = to;
    for (Map.Entry<Long, Long> met = endByStart.floorEntry(end);
        met != null && met.getValue() >= start;
        met = endByStart.floorEntry(end)) {
      start = Math.min(start, met.getKey());
      end = Math.max(end, met.getValue());
      endByStart.remove(met.getKey());
    }
    endByStart.put(start, end);
  }

  /** The first address from which so many bytes may be free: {@code from} itself if they are. */
  long freeFrom(long from, long bytes) {
    Map.Entry<Long, Long> last = endByStart.lowerEntry(from + bytes);
    return last == null ? from : Math.max(from, last.getValue());
  }
}
