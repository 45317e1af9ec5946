package io.clarinet.report;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The error of a device's results against the reference, layer by layer.
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
  public record Layer(String node, String op, String kernel, double relativeError) {
    private static final Pattern WINOGRAD = Pattern.compile("winograd\\w*_f(\\d)");

    /**
     * Side of the square tiles of outputs over which a NaN or an infinity in one input spreads,
     * beyond the outputs that read it, where the layer runs by Winograd's F(m × m, 3 × 3); 1 where
     * it does not spread.
     */
    public int nanTile() {
      Matcher winograd = WINOGRAD.matcher(kernel);
      return winograd.find() ? Integer.parseInt(winograd.group(1)) : 1;
    }
  }

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
