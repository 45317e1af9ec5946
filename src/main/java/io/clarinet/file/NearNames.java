package io.clarinet.file;

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
   * in it, then those that the fewest letters tell from it; empty where none is near.
   */
  public static List<String> of(String wanted, Collection<String> known) {
    String name = comparable(wanted);
    int least =
        known.stream()
            .map(NearNames::comparable)
            .filter(candidate -> !candidate.isEmpty() && !overlap(name, candidate))
            .mapToInt(candidate -> distance(name, candidate))
            .min()
            .orElse(0);
    return known.stream()
        .filter(candidate -> !candidate.isEmpty() && isNear(name, comparable(candidate), least))
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

  private static boolean isNear(String wanted, String known, int least) {
    int most = Math.min(least, Math.max(1, (wanted.length() + 1) / MISTAKEN));
    return overlap(wanted, known) || distance(wanted, known) <= most;
  }

  /** Whether one is in the other, and no mere letter of it. */
  private static boolean overlap(String wanted, String known) {
    return Math.min(wanted.length(), known.length()) > 2
        && (known.contains(wanted) || wanted.contains(known));
  }

  /** Letters to add, remove, replace or swap until one is the other (optimal string alignment). */
  private static int distance(String from, String to) {
    int[][] steps = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : least(from, to, i, j, steps);
      }
    }
    return steps[from.length()][to.length()];
  }

  private static int least(String from, String to, int i, int j, int[][] steps) {
    int differs = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(steps[i - 1][j - 1] + differs, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }
}
