package io.clarinet.importer.keras;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where Keras 3 keeps a layer's weights: under its class, in snake case, and its number among the
 * layers of this class in its network.
 *
 * @param index from 0
 */
record VariablePath(String kind, int index) {
  private static final Pattern WORD = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern HUMP = Pattern.compile("([a-z])([A-Z])");

  /** Of what has no weights. */
  static final VariablePath NONE = new VariablePath("", 0);

  /** Counts the layers of a network. */
  static final class Counter {
    private final Map<String, Integer> seen = new HashMap<>();

    VariablePath next(String className) {
      String kind = snake(className);
      return new VariablePath(kind, seen.merge(kind, 1, Integer::sum) - 1);
    }
  }

  /** The folder's name. */
  String folder() {
    return index == 0 ? kind : kind + "_" + index;
  }

  private static String snake(String className) {
    String bare = className.replaceAll("\\W+", "");
    String words = WORD.matcher(bare).replaceAll("$1_$2");
    return HUMP.matcher(words).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }
}
