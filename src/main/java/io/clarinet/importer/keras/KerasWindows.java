package io.clarinet.importer.keras;

import io.clarinet.op.Padding;
import io.clarinet.op.Window2d;

/** The sliding windows of layers over images. */
final class KerasWindows {
  private KerasWindows() {}

  /** The window of a convolution. */
  static Window2d ofKernel(KerasLayer layer) {
    return of(layer, "kernel_size", 1);
  }

  /** The window of a pooling, whose strides are its extents where it does not say. */
  static Window2d ofPool(KerasLayer layer) {
    return of(layer, "pool_size", 2);
  }

  private static Window2d of(KerasLayer layer, String extents, int otherwise) {
    LayerConfig config = layer.config();
    int[] kernel = config.perAxis(extents, 2, otherwise);
    boolean tiled = extents.equals("pool_size") && !config.has("strides");
    int[] strides = tiled ? kernel : config.perAxis("strides", 2, 1);
    int[] dilations = config.perAxis("dilation_rate", 2, 1);
    Padding padding = new Padding(rule(config.text("padding", "valid")), 0, 0, 0, 0);
    return new Window2d(
        kernel[0], kernel[1], strides[0], strides[1], dilations[0], dilations[1], padding);
  }

  /** The padding rule of a name. */
  static Padding.Rule rule(String name) {
    return switch (name) {
      case "valid" -> Padding.Rule.EXPLICIT;
      case "same", "half" -> Padding.Rule.SAME_UPPER;
      default -> throw new UnsupportedOperationException("padding " + name);
    };
  }
}
