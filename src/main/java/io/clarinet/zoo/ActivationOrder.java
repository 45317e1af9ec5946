package io.clarinet.zoo;

/**
 * Where a residual unit normalises and rectifies (arXiv 1603.05027, figure 4). Between two
 * convolutions all do both.
 */
public enum ActivationOrder {
  /** Convolutions, batch norm, addition, ReLU (figure 4a). */
  ORIGINAL(false, true),
  /** Convolutions, addition, batch norm, ReLU (figure 4b). */
  NORM_AFTER_ADDITION(false, false),
  /** Convolutions, batch norm, ReLU, addition (figure 4c). */
  RELU_BEFORE_ADDITION(false, true),
  /** ReLU, convolutions, batch norm, addition (figure 4d). */
  RELU_ONLY_PRE_ACTIVATION(true, true),
  /** Batch norm, ReLU, convolutions, addition (figure 4e). */
  FULL_PRE_ACTIVATION(true, false);

  private final boolean preActivates;
  private final boolean normsBranch;

  ActivationOrder(boolean preActivates, boolean normsBranch) {
    this.preActivates = preActivates;
    this.normsBranch = normsBranch;
  }

  /** Whether a unit activates its input, and a network therefore its last unit's output. */
  boolean preActivates() {
    return preActivates;
  }

  /** Whether a batch norm follows a branch's last convolution, and a projection. */
  boolean normsBranch() {
    return normsBranch;
  }

  /** Whether a unit's projected input has passed a ReLU. */
  boolean projectsRectified() {
    return this != RELU_BEFORE_ADDITION;
  }
}
