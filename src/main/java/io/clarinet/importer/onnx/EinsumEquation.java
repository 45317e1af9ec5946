package io.clarinet.importer.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The axes of Einsum's operands and of its result, as labels: letters, and for axes that an
 * ellipsis stands for -1, -2, … from the innermost on.
 */
record EinsumEquation(List<List<Integer>> operands, List<Integer> result) {
  private static final int MAX_LENGTH = 256;
  private static final String ELLIPSIS = "...";

  /**
   * The equation of operands of these ranks.
   *
   * @param ranks of which one that is not known is -1
   * @throws IllegalArgumentException if it is none, or does not fit
   * @throws UnsupportedOperationException if an ellipsis stands for axes of an unknown number, or
   *     for some that are summed
   */
  static EinsumEquation of(String text, List<Integer> ranks) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "an equation of " + text.length() + " characters, where " + MAX_LENGTH + " are enough");
    }
    String equation = text.replace(" ", "");
    int arrow = equation.indexOf("->");
    String left = arrow < 0 ? equation : equation.substring(0, arrow);
    List<String> terms = Arrays.asList(left.split(",", -1));
    if (terms.size() != ranks.size()) {
      throw new IllegalArgumentException(
          "equation \"" + text + "\" has not the node's " + ranks.size() + " operands");
    }
    List<List<Integer>> operands = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < terms.size(); i++) {
      int axes = axesOfEllipsis(terms.get(i), ranks.get(i));
      operands.add(labels(terms.get(i), axes));
      most = Math.max(most, axes);
    }
    List<Integer> result =
        arrow < 0 ? implicit(operands) : labels(equation.substring(arrow + 2), most);
    requireResult(text, operands, result, most);
    return new EinsumEquation(operands, result);
  }

  private static int axesOfEllipsis(String term, int rank) {
    int letters = term.replace(ELLIPSIS, "").length();
    boolean ellipsis = term.contains(ELLIPSIS);
    if (ellipsis && rank < 0) {
      throw new UnsupportedOperationException("an ellipsis over an unknown number of axes");
    }
    if (rank >= 0 && (ellipsis ? letters > rank : letters != rank)) {
      throw new IllegalArgumentException("\"" + term + "\" does not fit " + rank + " axes");
    }
    return ellipsis ? rank - letters : 0;
  }

  private static List<Integer> labels(String term, int axesOfEllipsis) {
    List<Integer> labels = new ArrayList<>();
    boolean seen = false;
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      if (!seen && term.startsWith(ELLIPSIS, i)) {
        IntStream.rangeClosed(1, axesOfEllipsis).forEach(k -> labels.add(k - 1 - axesOfEllipsis));
        seen = true;
        i += ELLIPSIS.length() - 1;
      } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        labels.add((int) c);
      } else {
        throw new IllegalArgumentException("\"" + term + "\" is no list of axes");
      }
    }
    return labels;
  }

  /** Without a result it is what stands once, ordered; axes of an ellipsis stand first. */
  private static List<Integer> implicit(List<List<Integer>> operands) {
    List<Integer> all = operands.stream().flatMap(List::stream).toList();
    return new TreeSet<>(all)
        .stream().filter(label -> label < 0 || Collections.frequency(all, label) == 1).toList();
  }

  private static void requireResult(
      String text, List<List<Integer>> operands, List<Integer> result, int axesOfEllipsis) {
    boolean known = operands.stream().flatMap(List::stream).toList().containsAll(result);
    if (!known || new HashSet<>(result).size() != result.size()) {
      throw new IllegalArgumentException(
          "equation \"" + text + "\" has a result of axes that are not, or not one, of an operand");
    }
    if (axesOfEllipsis > 0 && !result.contains(-1)) {
      throw new UnsupportedOperationException("an ellipsis that the result leaves out");
    }
  }
}
