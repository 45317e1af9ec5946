package io.clarinet.random;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What is drawn for a graph.
 *
 * @param frugal whether few variants of kernels are to be built
 */
record Chance(Random random, boolean frugal) {

  /** Draws from a seed; those of neighbouring seeds have nothing in common. */
  static Chance from(long seed, boolean frugal) {
    return new Chance(new Random(new SplittableRandom(seed).nextLong()), frugal);
  }

  /** One of what makes a kernel a variant; of the first two only, if frugal. */
  @SafeVarargs
  final <T> T variant(T... some) {
    return some[random.nextInt(frugal ? Math.min(2, some.length) : some.length)];
  }

  /** Whether one of {@code n} equal cases is drawn. */
  boolean one(int n) {
    return random.nextInt(n) == 0;
  }

  /** From {@code least} to {@code most}, both included. */
  int from(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  int of(int... some) {
    return some[random.nextInt(some.length)];
  }

  float of(float... some) {
    return some[random.nextInt(some.length)];
  }

  <T> T of(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  @SafeVarargs
  final <T> T any(T... some) {
    return some[random.nextInt(some.length)];
  }

  /** Below {@code n}, small numbers more often. */
  int skewed(int n) {
    return Math.min(random.nextInt(n), random.nextInt(n));
  }

  Tensor normal(double mean, double deviation, int... dims) {
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    for (long i = 0; i < tensor.shape().size(); i++) {
      tensor.set(i, mean + deviation * random.nextGaussian());
    }
    return tensor;
  }

  Tensor uniform(double least, double most, int... dims) {
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    for (long i = 0; i < tensor.shape().size(); i++) {
      tensor.set(i, least + (most - least) * random.nextDouble());
    }
    return tensor;
  }

  /** Whole numbers below {@code n}. */
  Tensor indices(int n, int... dims) {
    return Tensor.ofLongs(
        Shape.of(dims), random.ints(Shape.of(dims).size(), 0, n).asLongStream().toArray());
  }
}
