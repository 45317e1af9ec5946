package io.clarinet;

import io.clarinet.tensor.RelativeError;
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

  /** The input of a case: a {@link #page} where its name says so, else random elements. */
  public static Tensor drawn(Case c, Random random, int... dims) {
    return c.isPage() ? page(random, 0.9, 0.5, dims) : random(random, dims);
  }

  /**
   * The {@link RelativeError}, stricter: shapes and types must be equal, and of a reference of
   * zeros anything else is infinitely far.
   */
  public static double relativeError(Tensor actual, Tensor reference) {
    if (!actual.shape().equals(reference.shape()) || actual.type() != reference.type()) {
      return Double.POSITIVE_INFINITY;
    }
    double error = RelativeError.of(actual, reference);
    boolean absolute = error > 0 && RelativeError.largest(reference) == 0;
    return absolute ? Double.POSITIVE_INFINITY : error;
  }

  /** The relative error, see {@link #relativeError(Tensor, Tensor)}. */
  public static double relativeError(float[] actual, float[] reference) {
    return relativeError(
        Tensor.of(Shape.of(actual.length), actual),
        Tensor.of(Shape.of(reference.length), reference));
  }
}
