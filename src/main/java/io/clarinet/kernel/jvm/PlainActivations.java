package io.clarinet.kernel.jvm;

import io.clarinet.op.Unary;

/** Functions element by element. */
final class PlainActivations implements Activations {

  @Override
  public void apply(Unary function, float[] y, int at, int count) {
    each(function, y, at, count);
  }

  @Override
  public void exponentials(float[] x, int at, int count, float most, float[] y, int to) {
    eachExponential(x, at, count, most, y, to);
  }

  static void eachExponential(float[] x, int at, int count, float most, float[] y, int to) {
    for (int i = 0; i < count; i++) {
      y[to + i] = Exponential.of(x[at + i] - most);
    }
  }

  static void each(Unary function, float[] y, int at, int count) {
    if (function.kind() == Unary.Kind.GELU) {
      gelu(y, at, count);
      return;
    }
    for (int i = at; i < at + count; i++) {
      y[i] = (float) function.apply(y[i]);
    }
  }

  /** As {@link Unary.Kind#GELU}'s OpenCL expression: the definition's erf is a long series. */
  private static void gelu(float[] y, int at, int count) {
    for (int i = at; i < at + count; i++) {
      double v = y[i];
      double t = 1 / (1 + 0.23164189 * Math.abs(v));
      double sum =
          0.127414796
              + t * (-0.142248368 + t * (0.7107068705 + t * (-0.7265760135 + t * 0.5307027145)));
      double half = t * sum * Math.exp(-0.5 * v * v);
      y[i] = (float) (v * (v < 0 ? half : 1 - half));
    }
  }
}
