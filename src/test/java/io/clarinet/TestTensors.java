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
   * Elements like those of a scanned page: seven of eight are {@code paper}, the others are spread
   * about it. A sum of them rounds the same way at every step.
   */
  public static Tensor page(Random random, double paper, double deviation, int... dims) {
    Tensor tensor = random(random, dims);
    for (int i = 0; i < tensor.shape().size(); i++) {
      double ink = random.nextInt(8) == 0 ? deviation * tensor.doubleAt(i) : 0;
      tensor.set(i, paper + ink);
    }
    return tensor;
  }

  /** What a case asks for: a {@link #page} where its name says so, else random elements. */
  public static Tensor drawn(Case c, Random random, int... dims) {
    return c.isPage() ? page(random, 0.9, 0.5, dims) : random(random, dims);
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
