package io.clarinet.importer;

import java.util.List;
import java.util.Map;

/**
 * How the tensors of a network are named where the zoo names them otherwise.
 *
 * @param prefixes beginnings of names, each with what the zoo has in its place
 * @param suffixes ends of names, likewise
 */
record NameScheme(Map<String, String> prefixes, Map<String, String> suffixes) {
  /** The zoo's own names: torchvision's, which timm's residual networks share, or Caffe's. */
  private static final NameScheme ZOO = new NameScheme(Map.of(), Map.of());

  /** The last layer of CIFAR-10 residual networks that follow torchvision in its name. */
  private static final NameScheme CIFAR_FC = new NameScheme(Map.of("fc.", "linear."), Map.of());

  /** timm's VGG networks, whose dense layers are written as convolutions. */
  private static final NameScheme TIMM_VGG =
      new NameScheme(
          Map.of(
              "pre_logits.fc1.",
              "classifier.0.",
              "pre_logits.fc2.",
              "classifier.3.",
              "head.fc.",
              "classifier.6."),
          Map.of());

  /** ONNX files that were converted from Caffe. */
  private static final NameScheme CAFFE_ONNX =
      new NameScheme(
          Map.of(), Map.of("_w", ".weight", "_b", ".bias", "_w_0", ".weight", "_b_0", ".bias"));

  static final List<NameScheme> ALL = List.of(ZOO, CIFAR_FC, TIMM_VGG, CAFFE_ONNX);

  /** The name that the zoo has for a tensor. */
  String renamed(String name) {
    for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
      if (name.startsWith(prefix.getKey())) {
        return prefix.getValue() + name.substring(prefix.getKey().length());
      }
    }
    for (Map.Entry<String, String> suffix : suffixes.entrySet()) {
      if (name.endsWith(suffix.getKey())) {
        return name.substring(0, name.length() - suffix.getKey().length()) + suffix.getValue();
      }
    }
    return name;
  }
}
