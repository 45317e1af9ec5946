package io.clarinet.train;

import java.util.List;
import java.util.SplittableRandom;

/** The random choices of one sample: the same seed and number give the same choices. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed, long number) {
    random = new SplittableRandom(mix(mix(seed) + number));
  }

  boolean of(double probability) {
    return random.nextDouble() < probability;
  }

  double between(double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  /** Uniform in [-most, most]. */
  double within(double most) {
    return between(-most, most);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  double normal(double deviation) {
    return deviation * random.nextGaussian();
  }

  <T> T oneOf(List<T> values) {
    return values.get(below(values.size()));
  }

  /** The finaliser of SplitMix64, so that neighbouring seeds share nothing. */
  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
