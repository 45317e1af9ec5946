package io.clarinet.op;

import io.clarinet.tensor.Tensor;

/** Mean and (biased) variance of some elements. */
record Moments(double mean, double variance) {

  /** The moments of {@code count} elements from {@code start} on, {@code stride} apart. */
  static Moments of(Tensor x, long start, long count, long stride) {
    double sum = 0;
    for (long i = 0; i < count; i++) {
      sum += x.doubleAt(start + i * stride);
    }
    double mean = sum / count;
    double squares = 0;
    for (long i = 0; i < count; i++) {
      double d = x.doubleAt(start + i * stride) - mean;
      squares += d * d;
    }
    return new Moments(mean, squares / count);
  }
}
