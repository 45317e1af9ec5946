package io.clarinet.importer.keras;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of layers' classes in the words of Keras 2. */
final class LayerKinds {
  /** What an operation's kind begins with. */
  static final String OPERATION = "keras.ops.";

  private static final Pattern VERSIONED = Pattern.compile("(\\w+)V[12]");
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("Convolution1D", "Conv1D"),
          Map.entry("AtrousConvolution1D", "Conv1D"),
          Map.entry("Convolution2D", "Conv2D"),
          Map.entry("AtrousConvolution2D", "Conv2D"),
          Map.entry("SeparableConvolution2D", "SeparableConv2D"),
          Map.entry("Deconvolution2D", "Conv2DTranspose"),
          Map.entry("Convolution2DTranspose", "Conv2DTranspose"),
          Map.entry("SeparableConvolution1D", "SeparableConv1D"),
          Map.entry("MaxPool1D", "MaxPooling1D"),
          Map.entry("MaxPool2D", "MaxPooling2D"),
          Map.entry("AvgPool1D", "AveragePooling1D"),
          Map.entry("AvgPool2D", "AveragePooling2D"),
          Map.entry("GlobalMaxPool1D", "GlobalMaxPooling1D"),
          Map.entry("GlobalMaxPool2D", "GlobalMaxPooling2D"),
          Map.entry("GlobalAvgPool1D", "GlobalAveragePooling1D"),
          Map.entry("GlobalAvgPool2D", "GlobalAveragePooling2D"),
          Map.entry("SyncBatchNormalization", "BatchNormalization"));

  private static final Map<String, String> MERGES =
      Map.of(
          "sum",
          "Add",
          "mul",
          "Multiply",
          "ave",
          "Average",
          "max",
          "Maximum",
          "concat",
          "Concatenate");

  private LayerKinds() {}

  /** Whether a module of Keras 3 holds operations, which a model may use as it uses layers. */
  static boolean isOperation(String module) {
    return module.contains(".ops.");
  }

  /**
   * The kind of a class.
   *
   * @param operation whether it is an operation of Keras 3
   */
  static String of(String className, boolean operation, LayerConfig config) {
    if (operation) {
      return OPERATION + className;
    }
    if (className.equals("Merge")) {
      return MERGES.getOrDefault(config.text("mode", ""), className);
    }
    String kind = ALIASES.getOrDefault(className, className);
    Matcher versioned = VERSIONED.matcher(kind);
    boolean older = KerasLayers.find(kind) == null && versioned.matches();
    return older ? ALIASES.getOrDefault(versioned.group(1), versioned.group(1)) : kind;
  }
}
