package io.clarinet.kernel.jvm;

/**
 * Loops of normalisations: over channels beside each other, of one block, and over rows of plain
 * values.
 */
interface Normalisations {

  /** y = x² of one block. */
  void square(float[] x, int at, float[] y, int to);

  /**
   * y = x / (bias + alpha · Σ squares)^beta of one block; a lane's sum is over {@code size} squares
   * from the lane's own place on.
   */
  void normalise(
      float[] x,
      int at,
      float[] squares,
      int window,
      int size,
      float alpha,
      float bias,
      float beta,
      float[] y,
      int to);

  /** The sum of {@code count} floats, each less a number. */
  double total(float[] x, int at, int count, float less);

  /** The sum of the squares of {@code count} floats less a mean of two parts. */
  double squares(float[] x, int at, int count, float high, float low);

  /** y = (x - high - low) · factor · scale + shift of {@code count} floats. */
  void normaliseRow(
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
      int to);
}
