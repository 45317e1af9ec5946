package io.clarinet.importer.keras;

import io.clarinet.op.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subscript of Python's, such as {@code x[:, 0, ..., ::-1]}.
 *
 * @param ranges those that leave something out
 * @param dropped axes of the value that single indices take away
 * @param added axes of the result that are new
 */
record Subscript(List<Slice.Range> ranges, List<Integer> dropped, List<Integer> added) {

  /**
   * Reads a subscript as Keras 2 and 3 write it.
   *
   * @param rank of what it is applied to
   */
  static Subscript of(List<?> items, int rank) {
    Subscript read = new Subscript(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    long used = items.stream().filter(i -> i instanceof Long || isRange(i)).count();
    int axis = 0;
    int result = 0;
    for (Object item : items) {
      if (isEllipsis(item)) {
        int all = Math.max(0, (int) (rank - used));
        axis += all;
        result += all;
      } else if (item == Json.NULL) {
        read.added.add(result++);
      } else if (item instanceof Long index) {
        long end = index == -1 ? Long.MAX_VALUE : index + 1;
        read.ranges.add(new Slice.Range(axis, index, end, 1));
        read.dropped.add(axis++);
      } else if (isRange(item)) {
        read.addRange(axis++, settings(item));
        result++;
      } else {
        throw new UnsupportedOperationException("a subscript that the model computes");
      }
    }
    return read;
  }

  private static boolean isEllipsis(Object item) {
    return item instanceof Map<?, ?> map && "__ellipsis__".equals(map.get("class_name"));
  }

  private static boolean isRange(Object item) {
    return item instanceof Map<?, ?> map
        && ("__slice__".equals(map.get("class_name")) || map.containsKey("start"));
  }

  private static Map<?, ?> settings(Object item) {
    Map<?, ?> map = (Map<?, ?>) item;
    return map.get("config") instanceof Map<?, ?> config ? config : map;
  }

  private void addRange(int axis, Map<?, ?> range) {
    Long start = number(range.get("start"));
    Long stop = number(range.get("stop"));
    Long step = number(range.get("step"));
    boolean back = step != null && step < 0;
    if (start != null || stop != null || back || (step != null && step != 1)) {
      ranges.add(
          new Slice.Range(
              axis,
              start != null ? start : back ? Long.MAX_VALUE : 0,
              stop != null ? stop : back ? Long.MIN_VALUE : Long.MAX_VALUE,
              step == null ? 1 : step));
    }
  }

  private static @Nullable Long number(@Nullable Object json) {
    if (json != null && json != Json.NULL && !(json instanceof Long)) {
      throw new UnsupportedOperationException("a subscript that the model computes");
    }
    return json instanceof Long number ? number : null;
  }
}
