package io.clarinet.kernel;

import io.clarinet.tensor.Shape;

/**
 * Bringing an image from one layout into another: a step of a plan where neighbours differ, no
 * operator.
 */
public record Reorder(Layout from, Layout to) {

  /** Predicted time: every byte read once and written once. */
  public double seconds(Shape shape, DeviceProfile device) {
    return device.seconds(0, 4.0 * (from.elements(shape) + to.elements(shape)));
  }
}
