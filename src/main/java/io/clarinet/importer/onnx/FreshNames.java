package io.clarinet.importer.onnx;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names for values that an import makes between those of its file: {@code node/1} and so on. */
final class FreshNames {
  /** A node of many inputs makes many values; each takes this much of its name and no more. */
  private static final int MAX_PREFIX = 64;

  private final Set<String> defined;
  private final Set<String> reserved = new HashSet<>();
  private final Map<String, Integer> last = new HashMap<>();

  /**
   * @param defined the names in use, as their owner keeps them
   */
  FreshNames(Set<String> defined) {
    this.defined = defined;
  }

  /** Keeps names free that will be defined later. */
  void reserve(Collection<String> names) {
    reserved.addAll(names);
  }

  /** A name in nobody's use, each number tried once a node. */
  String next(String node) {
    String prefix = node.length() > MAX_PREFIX ? node.substring(0, MAX_PREFIX) + "…" : node;
    String name;
    do {
      name = prefix + "/" + last.merge(prefix, 1, Integer::sum);
    } while (defined.contains(name) || reserved.contains(name));
    return name;
  }
}
