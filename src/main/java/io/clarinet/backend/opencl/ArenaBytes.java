package io.clarinet.backend.opencl;

import io.clarinet.plan.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bytes of an arena.
 *
 * @param end the first byte behind them
 */
record ArenaBytes(int arena, long begin, long end) {

  /** From a value's first element to its last. */
  static ArenaBytes of(Place place) {
    return new ArenaBytes(
        place.index(), place.byteOffset(), place.byteOffset() + place.extentBytes());
  }

  boolean meets(ArenaBytes other) {
    return arena == other.arena && begin < other.end && other.begin < end;
  }

  boolean meetsAny(List<ArenaBytes> others) {
    return others.stream().anyMatch(this::meets);
  }

  boolean holds(ArenaBytes other) {
    return arena == other.arena && begin <= other.begin && other.end <= end;
  }

  /** The same bytes in the fewest stretches. */
  static List<ArenaBytes> joined(Stream<ArenaBytes> stretches) {
    List<ArenaBytes> joined = new ArrayList<>();
    for (ArenaBytes next :
        stretches
            .sorted(Comparator.comparingInt(ArenaBytes::arena).thenComparing(ArenaBytes::begin))
            .toList()) {
      ArenaBytes last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && last.arena == next.arena && next.begin <= last.end) {
        ArenaBytes both = new ArenaBytes(last.arena, last.begin, Math.max(last.end, next.end));
        joined.set(joined.size() - 1, both);
      } else {
        joined.add(next);
      }
    }
    return joined;
  }
}
