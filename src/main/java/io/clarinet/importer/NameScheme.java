package io.clarinet.importer;

import java.util.List;

/**
 * Names of a network's tensors that differ from the zoo's.
 *
 * @param prefixes beginnings of names, each with what the zoo has in its place
 * @param suffixes ends of names, likewise
 */
record NameScheme(List<Replacement> prefixes, List<Replacement> suffixes) {
  /** The zoo's own names: torchvision's, which timm's residual networks share, or Caffe's. */
  private static final NameScheme ZOO = new NameScheme(List.of(), List.of());

  /** The last layer of CIFAR-10 residual networks that follow torchvision in its name. */
  private static final NameScheme CIFAR_FC =
      new NameScheme(List.of(new Replacement("fc.", "linear.")), List.of());

  /** timm's VGG networks, whose dense layers are written as convolutions. */
  private static final NameScheme TIMM_VGG =
      new NameScheme(
          List.of(
              new Replacement("pre_logits.fc1.", "classifier.0."),
              new Replacement("pre_logits.fc2.", "classifier.3."),
              new Replacement("head.fc.", "classifier.6.")),
          List.of());

  /** ONNX files that were converted from Caffe. */
  private static final NameScheme CAFFE_ONNX =
      new NameScheme(
          List.of(),
          List.of(
              new Replacement("_w", ".weight"),
              new Replacement("_b", ".bias"),
              new Replacement("_w_0", ".weight"),
              new Replacement("_b_0", ".bias")));

  static final List<NameScheme> ALL = List.of(ZOO, CIFAR_FC, TIMM_VGG, CAFFE_ONNX);

  /** A part of names, and what the zoo has in its place. */
  record Replacement(String from, String to) {}

  /** The name that the zoo has for a tensor; the same object where it has the same. */
  String renamed(String name) {
    for (Replacement prefix : prefixes) {
      if (name.startsWith(prefix.from())) {
        return prefix.to() + name.substring(prefix.from().length());
      }
    }
    for (Replacement suffix : suffixes) {
      if (name.endsWith(suffix.from())) {
        return name.substring(0, name.length() - suffix.from().length()) + suffix.to();
      }
    }
    return name;
  }
}
