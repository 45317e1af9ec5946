package io.clarinet;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Random;

/** Random tensors, and how far two are apart. */
public final class TestTensors {
  private TestTensors() {}

  /** Normally distributed elements. */
  public static Tensor random(Random random, int... dims) {
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < tensor.shape().size(); i++) {
      tensor.set(i, random.nextGaussian());
    }
    return tensor;
  }

  /**
   * Relative error: the largest difference over the largest magnitude of the reference. NaN and
   * infinities must stand in the same places; else the error is infinite.
   */
  public static double relativeError(Tensor actual, Tensor reference) {
    if (!actual.shape().equals(reference.shape()) || actual.type() != reference.type()) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = 0;
    double magnitude = 0;
    for (long i = 0; i < reference.shape().size(); i++) {
      double y = actual.doubleAt(i);
      double r = reference.doubleAt(i);
      if (Double.compare(y, r) == 0) {
        magnitude = Double.isFinite(r) ? Math.max(magnitude, Math.abs(r)) : magnitude;
      } else if (Double.isFinite(y) && Double.isFinite(r)) {
        difference = Math.max(difference, Math.abs(y - r));
        magnitude = Math.max(magnitude, Math.abs(r));
      } else {
        return Double.POSITIVE_INFINITY;
      }
    }
    return difference == 0 ? 0 : difference / magnitude;
  }
}
