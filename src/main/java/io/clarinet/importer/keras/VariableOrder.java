package io.clarinet.importer.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The roles of a layer's weights in the order in which Keras 3 numbers them. */
final class VariableOrder {
  /** The kinds of layers that have weights. */
  static final Set<String> KINDS =
      Set.of(
          "Conv1D",
          "Conv2D",
          "Conv2DTranspose",
          "Dense",
          "DepthwiseConv1D",
          "DepthwiseConv2D",
          "SeparableConv1D",
          "SeparableConv2D",
          "BatchNormalization",
          "LayerNormalization",
          "GroupNormalization",
          "Normalization",
          "PReLU",
          "LayerScale");

  private VariableOrder() {}

  /** The roles of a kind of layer; none of one that is not known to have any. */
  static List<String> of(String kind, LayerConfig config) {
    List<String> roles = new ArrayList<>();
    switch (kind) {
      case "Conv1D", "Conv2D", "Conv2DTranspose", "Dense" -> roles.add("kernel");
      case "DepthwiseConv1D", "DepthwiseConv2D" -> roles.add("depthwise_kernel");
      case "SeparableConv1D", "SeparableConv2D" ->
          roles.addAll(List.of("depthwise_kernel", "pointwise_kernel"));
      case "BatchNormalization", "LayerNormalization", "GroupNormalization" ->
          roles.addAll(factors(config));
      case "Normalization" -> roles.addAll(List.of("mean", "variance"));
      case "PReLU" -> roles.add("alpha");
      case "LayerScale" -> roles.add("gamma");
      default -> {}
    }
    if (kind.equals("BatchNormalization")) {
      roles.addAll(List.of("moving_mean", "moving_variance"));
    }
    boolean product = kind.contains("Conv") || kind.equals("Dense");
    if (product && config.flag("use_bias", true)) {
      roles.add("bias");
    }
    return roles;
  }

  private static List<String> factors(LayerConfig config) {
    List<String> factors = new ArrayList<>();
    if (config.flag("scale", true)) {
      factors.add("gamma");
    }
    if (config.flag("center", true)) {
      factors.add("beta");
    }
    return factors;
  }
}
