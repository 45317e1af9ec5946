package io.clarinet.kernel.jvm;

import org.jspecify.annotations.Nullable;

/**
 * Elementary loops over arrays of floats for one channel block, by the Vector API or in plain Java.
 * A NaN operand makes a NaN result. Rows, columns and sizes are at least 1. A sum of more than
 * {@link #RUN} terms is no running one, whose rounding would grow with their number.
 */
interface Lanes {

  /** Terms of one running sum. */
  int RUN = 128;

  /** Floats in a block. */
  int block();

  /** Copies one block. */
  void copy(float[] x, int at, float[] y, int to);

  /** Sets one block to zeros. */
  void zero(float[] y, int to);

  /**
   * Copies some blocks.
   *
   * @param step elements from one to the next
   * @param toStep the same of the copies
   */
  default void copy(float[] x, int at, int step, int blocks, float[] y, int to, int toStep) {
    for (int i = 0; i < blocks; i++) {
      copy(x, at + i * step, y, to + i * toStep);
    }
  }

  /**
   * For each of some pixels, for i below {@code size}, a block whose lanes hold element i of their
   * own group of {@code size} lanes.
   *
   * @param size a divisor of the block
   */
  void spread(float[] x, int at, int pixels, int size, float[] y, int to);

  /** Sets some blocks to zeros, {@code step} elements from one to the next. */
  default void zero(float[] y, int to, int step, int blocks) {
    for (int i = 0; i < blocks; i++) {
      zero(y, to + i * step);
    }
  }

  /**
   * y = clamp(x + residual) over {@code count} floats; x may be y.
   *
   * @param residual null for none
   */
  void finish(
      float[] x,
      int at,
      float @Nullable [] residual,
      int residualAt,
      float[] y,
      int to,
      int count,
      float lo,
      float hi);

  /**
   * The lane-wise maximum of each of some windows of blocks; the results follow each other.
   *
   * @param terms blocks of a window, at least 1
   * @param step elements between these
   * @param windows at least 1
   * @param next elements between windows
   */
  void max(float[] x, int at, int terms, int step, int windows, int next, float[] y, int to);

  /** {@code scale} times the lane-wise sums of windows as {@link #max} has them. */
  void sum(
      float[] x,
      int at,
      int terms,
      int step,
      int windows,
      int next,
      float scale,
      float[] y,
      int to);

  /**
   * start + Σ x · w, lane by lane, over {@code rows} × {@code columns} blocks of x, for windows
   * side by side as {@link #max} has them; w's columns follow each other.
   */
  void dot(
      float[] x,
      int at,
      int rows,
      int rowStep,
      int columns,
      int step,
      int windows,
      int next,
      float[] w,
      int wAt,
      int wRowStep,
      float[] start,
      int startAt,
      float[] y,
      int to);

  /** y = clamp(x · scale + shift) for {@code pixels} blocks of x under one block of factors. */
  void scale(
      float[] x,
      int at,
      float[] scale,
      int scaleAt,
      float[] shift,
      int shiftAt,
      float[] y,
      int to,
      int pixels,
      float lo,
      float hi);
}
