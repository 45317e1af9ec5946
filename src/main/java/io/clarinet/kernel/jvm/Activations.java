package io.clarinet.kernel.jvm;

import io.clarinet.op.Unary;

/** Functions of elements that are more than a clamp. */
interface Activations {

  /** Applies a function to each of {@code count} elements from {@code at} on, in place. */
  void apply(Unary function, float[] y, int at, int count);

  /** y = e^(x - most) of {@code count} floats. */
  void exponentials(float[] x, int at, int count, float most, float[] y, int to);
}
