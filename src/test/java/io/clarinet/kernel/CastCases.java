package io.clarinet.kernel;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Random;

/** Inputs of casts. */
public final class CastCases {
  private CastCases() {}

  /** Of floats all sizes and NaN, which halves have not, of integers some of both signs. */
  public static Tensor drawn(Random random, ElementType from, ElementType to, Shape shape) {
    Tensor x = Tensor.zeros(from, shape);
    boolean real = from.isFloatingPoint() && to.isFloatingPoint();
    for (int i = 0; i < shape.size(); i++) {
      double scale = real ? Math.scalb(1.0, random.nextInt(60) - 40) : 100;
      x.set(i, from.isFloatingPoint() ? scale * random.nextGaussian() : random.nextInt(300) - 20.0);
    }
    if (real && shape.size() > 8) {
      x.set(3, Double.NaN);
      x.set(4, 1 + 0x1p-11);
      x.set(5, -1e39);
    }
    return x;
  }
}
