package io.clarinet.zoo;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.Weights.Init;

/** Means and deviations of ImageNet's channels, of samples from 0 to 1. */
final class ImageNet {
  /** Untrained means. */
  static final Init MEAN = new Init(Init.Distribution.SYMMETRIC, 0.45, 0.02, false);

  /** Untrained deviations. */
  static final Init DEVIATION = new Init(Init.Distribution.POSITIVE, 0.225, 1.02, false);

  private ImageNet() {}

  static Tensor means() {
    return Tensor.of(Shape.of(3), 0.485f, 0.456f, 0.406f);
  }

  static Tensor deviations() {
    return Tensor.of(Shape.of(3), 0.229f, 0.224f, 0.225f);
  }
}
