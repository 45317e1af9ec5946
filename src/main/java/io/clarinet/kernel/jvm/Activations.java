package io.clarinet.kernel.jvm;

import io.clarinet.op.Unary;

/** Functions of elements that are more than a clamp, in place. */
interface Activations {

  /** Applies a function to each of {@code count} elements from {@code at} on. */
  void apply(Unary function, float[] y, int at, int count);
}
