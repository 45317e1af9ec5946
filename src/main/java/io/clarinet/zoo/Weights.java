package io.clarinet.zoo;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;

/** The source of an architecture's weights: a file, or a seed. */
public interface Weights {

  /**
   * The weight of a name.
   *
   * @param name the layer's, as the reference implementation names it, and the weight's role:
   *     {@code layer1.0.conv1.weight}, and likewise {@code bias}, {@code running_mean}, {@code
   *     running_var}
   * @param init its distribution if untrained
   * @throws IllegalArgumentException if there is none of this name and shape
   */
  Constant get(String name, Shape shape, Init init);

  /** Whether the weights are trained, not seeded. */
  boolean areTrained();

  /**
   * The distribution from which an untrained weight is drawn.
   *
   * @param trainable whether training changes it by gradient, so that parameter counts include it
   */
  record Init(Distribution distribution, double mean, double spread, boolean trainable) {

    /** Shapes of a distribution around the mean. */
    public enum Distribution {
      /** Symmetric, with standard deviation {@code spread}. */
      SYMMETRIC,
      /** Between mean/spread and mean·spread. */
      POSITIVE
    }

    /** Weights into a rectifier (arXiv 1502.01852): variance 2 / fanIn. */
    public static Init he(long fanIn) {
      return symmetric(Math.sqrt(2.0 / fanIn));
    }

    /** Zero mean with a standard deviation. */
    public static Init symmetric(double deviation) {
      return new Init(Distribution.SYMMETRIC, 0, deviation, true);
    }

    /** Scales around {@code mean}, at most {@code spread} times more or less. */
    public static Init scale(double mean) {
      return new Init(Distribution.POSITIVE, mean, 1.25, true);
    }

    /** This distribution for a statistic, which training does not change by gradient. */
    public Init untrainable() {
      return new Init(distribution, mean, spread, false);
    }
  }
}
