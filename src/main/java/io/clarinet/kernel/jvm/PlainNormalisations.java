package io.clarinet.kernel.jvm;

/** Normalisations in plain Java. */
record PlainNormalisations(int block) implements Normalisations {
  private static final float THREE_QUARTERS = 0.75f;

  @Override
  public double total(float[] x, int at, int count, float less) {
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      sum += x[i] - less;
    }
    return sum;
  }

  @Override
  public double squares(float[] x, int at, int count, float high, float low) {
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      float v = x[i] - high - low;
      sum += (double) v * v;
    }
    return sum;
  }

  @Override
  public void normaliseRow(
      float[] x,
      int at,
      int count,
      float high,
      float low,
      float factor,
      float[] scale,
      int scaleAt,
      float[] shift,
      int shiftAt,
      float[] y,
      int to) {
    for (int i = 0; i < count; i++) {
      float v = (x[at + i] - high - low) * factor;
      y[to + i] = v * scale[scaleAt + i] + shift[shiftAt + i];
    }
  }

  @Override
  public void square(float[] x, int at, float[] y, int to) {
    for (int i = 0; i < block; i++) {
      y[to + i] = x[at + i] * x[at + i];
    }
  }

  @Override
  public void normalise(
      float[] x,
      int at,
      float[] squares,
      int window,
      int size,
      float alpha,
      float bias,
      float beta,
      float[] y,
      int to) {
    for (int i = 0; i < block; i++) {
      double sum = 0;
      for (int k = 0; k < size; k++) {
        sum += squares[window + i + k];
      }
      y[to + i] = x[at + i] / power((float) (bias + alpha * sum), beta);
    }
  }

  /** The usual power takes two roots: {@link Math#pow} takes twenty times as long. */
  private static float power(float base, float exponent) {
    if (exponent == THREE_QUARTERS) {
      float root = (float) Math.sqrt(base);
      return root * (float) Math.sqrt(root);
    }
    return (float) Math.pow(base, exponent);
  }
}
