package io.clarinet.zoo;

/**
 * The path of a residual unit that is added to its branch F (arXiv 1603.05027, figure 2). Where a
 * unit changes the shape, x stands for its projection by a 1x1 convolution.
 */
public enum Shortcut {
  /** x + F. */
  IDENTITY,
  /** λ x + (1 − λ) F. */
  SCALING,
  /** (1 − g) x + g F with the gate g = sigmoid(1x1 convolution). */
  EXCLUSIVE_GATING,
  /** (1 − g) x + F, with the same gate. */
  SHORTCUT_GATING,
  /** A 1x1 convolution of x, plus F. */
  CONVOLUTION,
  /** λ x + F: dropout of x in training, which keeps λ of it in the mean. */
  DROPOUT
}
