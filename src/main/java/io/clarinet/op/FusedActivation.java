package io.clarinet.op;

import org.jspecify.annotations.Nullable;

/** An operator whose kernels can apply an activation to their results. */
public sealed interface FusedActivation permits BatchNorm, Binary, Conv2d, Dense {

  /** The function applied last, or null for none. */
  @Nullable Unary activation();

  /** This operator with an activation applied last. */
  Op with(Unary function);

  /** Lower bound of the clamp that the kernels apply; minus infinity where there is none. */
  default float lo() {
    Unary function = activation();
    return function != null && function.isClamp() ? function.lo() : Float.NEGATIVE_INFINITY;
  }

  /** Upper bound of the clamp that the kernels apply; infinity where there is none. */
  default float hi() {
    Unary function = activation();
    return function != null && function.isClamp() ? function.hi() : Float.POSITIVE_INFINITY;
  }

  /** A finished element from an element before activation, in double. */
  default double activate(double v) {
    Unary function = activation();
    return function == null ? v : function.apply(v);
  }
}
