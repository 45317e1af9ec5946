package io.clarinet.classify;

import java.util.Locale;

/**
 * The meaning of a classifier's scores, by the last operators of its graph.
 *
 * @param meaning how scores become probabilities
 * @param classes number of classes; two where a single score decides between them
 * @param assumption the assumption where the graph leaves a choice open, in one line; empty where
 *     nothing
 */
public record Head(Meaning meaning, int classes, String assumption) {
  /** Rounding error allowed in a sum of probabilities. */
  private static final double SLACK = 1e-3;

  /** The ways from scores to probabilities. */
  public enum Meaning {
    /** Probabilities already: a softmax comes last. */
    SOFTMAX,
    /** The probabilities' logarithms. */
    LOG_SOFTMAX,
    /** Scores without bounds; their softmax is taken, unless they are probabilities already. */
    LOGITS,
    /** One probability, that of the second of two classes. */
    SIGMOID,
    /** One score without bounds, whose sigmoid is the probability of the second of two classes. */
    LOGIT,
    /** A probability a class, independent of the others': they need not sum to one. */
    SIGMOIDS;

    /** Whether a single score stands for two classes. */
    public boolean isSingle() {
      return this == SIGMOID || this == LOGIT;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Number of scores that the model gives for a picture. */
  public int scores() {
    return meaning.isSingle() ? 1 : classes;
  }

  /**
   * The probability of each class.
   *
   * @param scores of one picture
   * @throws ClassifierException if one is NaN, or a probability beyond 0 and 1
   */
  public float[] probabilities(float[] scores) {
    float[] probabilities =
        switch (meaning) {
          case SOFTMAX, SIGMOIDS -> scores;
          case LOG_SOFTMAX -> exponentials(scores);
          case LOGITS -> isDistribution(scores) ? scores : softmax(scores);
          case SIGMOID -> ofTwo(scores[0]);
          case LOGIT -> ofTwo((float) (1 / (1 + Math.exp(-scores[0]))));
        };
    for (int i = 0; i < probabilities.length; i++) {
      check(i, probabilities[i]);
    }
    return probabilities;
  }

  private static void check(int index, float probability) {
    if (!(probability >= -SLACK && probability <= 1 + SLACK)) {
      throw new ClassifierException(
          ClassifierException.Kind.NO_PROBABILITY,
          "the model gives class %d the probability %s; see which layer makes it with `verify`"
              .formatted(index, probability));
    }
  }

  private static float[] ofTwo(float second) {
    return new float[] {1 - second, second};
  }

  private static float[] exponentials(float[] scores) {
    float[] probabilities = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      probabilities[i] = (float) Math.exp(scores[i]);
    }
    return probabilities;
  }

  private static boolean isDistribution(float[] scores) {
    double sum = 0;
    for (float score : scores) {
      if (score < 0) {
        return false;
      }
      sum += score;
    }
    return Math.abs(sum - 1) < SLACK;
  }

  private static float[] softmax(float[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      max = Math.max(max, score);
    }
    double sum = 0;
    double[] powers = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      powers[i] = Math.exp(scores[i] - max);
      sum += powers[i];
    }
    float[] probabilities = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      probabilities[i] = (float) (powers[i] / sum);
    }
    return probabilities;
  }
}
