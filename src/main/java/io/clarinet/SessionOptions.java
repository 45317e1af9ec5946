package io.clarinet;

/**
 * How a session runs a model, where that changes its answers.
 *
 * @param weights how weights lie in memory
 */
public record SessionOptions(Weights weights) {
  /** Everything as the model says. */
  public static final SessionOptions EXACT = new SessionOptions(Weights.FP32);

  /** How weights lie in memory; arithmetic is always float32. */
  public enum Weights {
    /** As the model holds them. */
    FP32,
    /**
     * Weights of dense layers rounded to half precision, which halves what an OpenCL device must
     * read for them; on the CPU through the JVM they are rounded too, and gain nothing.
     */
    FP16
  }

  public SessionOptions withWeights(Weights other) {
    return new SessionOptions(other);
  }
}
