package io.clarinet.zoo;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;

/**
 * Random weights that depend on nothing but a seed, the name and the shape. Drawn each time they
 * are asked for, so that a network of them takes no memory of its own.
 */
public final class SeededWeights implements Weights {
  private final long seed;

  public SeededWeights(long seed) {
    this.seed = seed;
  }

  @Override
  public Constant get(String name, Shape shape, Init init) {
    long start = mix(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    return new Deferred(ElementType.FLOAT32, shape, () -> draw(start, shape, init));
  }

  @Override
  public boolean areTrained() {
    return false;
  }

  private static Tensor draw(long start, Shape shape, Init init) {
    Tensor tensor = Tensor.zeros(shape);
    FloatBuffer values = tensor.floats();
    long state = start;
    for (int i = 0; i < values.limit(); i++) {
      state += 0x9E3779B97F4A7C15L;
      values.put(i, value(mix(state), init));
    }
    return tensor;
  }

  private static float value(long bits, Init init) {
    // Uniform in [-1, 1), so its standard deviation is 1/√3.
    double u = (bits >> 11) * 0x1p-52;
    return init.distribution() == Init.Distribution.SYMMETRIC
        ? (float) (init.mean() + u * init.spread() * Math.sqrt(3))
        : (float) (init.mean() * Math.pow(init.spread(), u));
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
