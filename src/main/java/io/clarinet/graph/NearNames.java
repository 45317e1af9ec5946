package io.clarinet.graph;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Known names that are spelt like an unknown one. */
public final class NearNames {
  private static final int MOST = 3;
  private static final int COMPARED = 200;

  /** One letter in so many may be mistaken. */
  private static final int MISTAKEN = 3;

  private NearNames() {}

  /**
   * At most three of the known names, the nearest first: those that contain the wanted one or are
   * in it, then those that some letters tell from it; empty where none is near.
   */
  public static List<String> of(String wanted, Collection<String> known) {
    String name = comparable(wanted);
    return known.stream()
        .filter(candidate -> !candidate.isEmpty() && isNear(name, comparable(candidate)))
        .distinct()
        .sorted(
            Comparator.<String, Boolean>comparing(c -> !overlap(name, comparable(c)))
                .thenComparing(c -> distance(name, comparable(c))))
        .limit(MOST)
        .toList();
  }

  /** The near names for the end of a sentence: {@code ; near it are "a", "b"}; may be empty. */
  public static String text(String wanted, Collection<String> known) {
    List<String> near = of(wanted, known);
    return near.isEmpty()
        ? ""
        : (near.size() == 1 ? "; near it is " : "; near it are ")
            + near.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }

  private static String comparable(String name) {
    return name.substring(0, Math.min(name.length(), COMPARED)).toLowerCase(Locale.ROOT);
  }

  private static boolean isNear(String wanted, String known) {
    return overlap(wanted, known)
        || distance(wanted, known) <= Math.max(1, (wanted.length() + 1) / MISTAKEN);
  }

  /** Whether one is in the other, and no mere letter of it. */
  private static boolean overlap(String wanted, String known) {
    return Math.min(wanted.length(), known.length()) > 2
        && (known.contains(wanted) || wanted.contains(known));
  }

  /** Letters to add, remove or replace until one is the other (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      int diagonal = i;
      for (int j = 0; j <= to.length(); j++) {
        int above = row[j];
        if (i == 0) {
          row[j] = j;
        } else if (j == 0) {
          row[j] = i;
        } else {
          int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
          row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
        }
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
