package io.clarinet;

import java.util.List;

/**
 * How far a device's results are from the reference, layer by layer.
 *
 * @param layers in the order in which they run
 */
public record Verification(List<Layer> layers) {

  public Verification {
    layers = List.copyOf(layers);
  }

  /**
   * One value.
   *
   * @param node that makes it
   * @param relativeError max|y − r| / max|r|; NaN if the device gave one where the reference did
   *     not
   */
  public record Layer(String node, String op, String kernel, double relativeError) {}

  /** The largest relative error of a layer; NaN if any is. */
  public double maxRelativeError() {
    double max = 0;
    for (Layer layer : layers) {
      max = Math.max(max, layer.relativeError());
    }
    return max;
  }

  /** Whether every layer is within the tolerance; NaN is not. */
  public boolean passed(double tolerance) {
    return maxRelativeError() <= tolerance;
  }
}
