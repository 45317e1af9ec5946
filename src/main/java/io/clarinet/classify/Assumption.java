package io.clarinet.classify;

import io.clarinet.classify.Head.Meaning;
import io.clarinet.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** The assumption about a head that its graph leaves open, in one line. */
final class Assumption {
  private Assumption() {}

  /**
   * The line; empty where nothing was assumed.
   *
   * @param last the node that computes the scores
   * @param rows whether the output has a row for each picture
   */
  static String of(Meaning meaning, int scores, Node last, boolean rows) {
    List<String> lines = new ArrayList<>();
    String scored = ofScores(meaning, scores, HeadReader.text(last));
    if (!scored.isEmpty()) {
      lines.add(scored);
    }
    if (!rows) {
      lines.add("its output keeps no row for each picture of a batch, so each runs alone");
    }
    return String.join("; ", lines);
  }

  private static String ofScores(Meaning meaning, int scores, String last) {
    return switch (meaning) {
      case SOFTMAX, LOG_SOFTMAX -> "";
      case LOGITS ->
          "its %d scores (by %s) were taken for logits of classes of which one is right, and a softmax applied"
              .formatted(scores, last);
      case SIGMOID ->
          "its one probability (by %s) was taken for that of the second of two classes"
              .formatted(last);
      case LOGIT ->
          "its one score (by %s) was taken for the logit of the second of two classes, and a sigmoid applied"
              .formatted(last);
      case SIGMOIDS ->
          "its %d probabilities (by %s) were taken for independent: they need not sum to 100 %%"
              .formatted(scores, last);
    };
  }
}
