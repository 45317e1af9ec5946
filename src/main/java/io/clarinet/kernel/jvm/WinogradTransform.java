package io.clarinet.kernel.jvm;

import org.jspecify.annotations.Nullable;

/**
 * The transforms of {@link io.clarinet.kernel.MinimalFiltering} F(m×m, 3×3) for one tile of one
 * channel block. Points and places of a tile are counted by rows, n = m + 2 of them in a row.
 */
interface WinogradTransform {

  /**
   * B^T x B of a tile of inputs.
   *
   * @param at the tile's first block in x, whose rows lie {@code rowStep} apart
   * @param aside n² blocks from {@code asideAt} are overwritten
   * @param v gets point k at {@code to + k * pointStep}
   */
  void input(
      float[] x, int at, int rowStep, float[] aside, int asideAt, float[] v, int to, int pointStep);

  /**
   * y = clamp(A^T p A + bias + residual) of a tile of products.
   *
   * @param p has point k at {@code at + k * pointStep}
   * @param aside m·n blocks from {@code asideAt} are overwritten
   * @param residual null for none; lies as y does
   * @param y gets rows that lie {@code rowStep} apart
   */
  void output(
      float[] p,
      int at,
      int pointStep,
      float[] aside,
      int asideAt,
      float[] bias,
      int biasAt,
      float @Nullable [] residual,
      int residualAt,
      float[] y,
      int to,
      int rowStep,
      float lo,
      float hi);
}
