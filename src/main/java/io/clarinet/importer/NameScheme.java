package io.clarinet.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

  /** MMPreTrain's names, and those of other tools that part a network in backbone and head. */
  private static final NameScheme BACKBONE =
      new NameScheme(
          List.of(
              new Replacement("backbone.", ""),
              new Replacement("head.fc.", "fc."),
              new Replacement("head.", "fc."),
              new Replacement("classifier.", "fc.")),
          List.of());

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

  /** torchvision's vision transformers as it named them at first. */
  private static final NameScheme FIRST_VIT =
      new NameScheme(
          List.of(), weightsAndBiases(".mlp.linear_1", ".mlp.0", ".mlp.linear_2", ".mlp.3"));

  /** timm's vision transformers, DeiT's own among them. */
  private static final NameScheme TIMM_VIT =
      new NameScheme(
          List.of(
              new Replacement("cls_token", "class_token"),
              new Replacement("pos_embed", "encoder.pos_embedding"),
              new Replacement("patch_embed.proj.", "conv_proj."),
              new Replacement("blocks.", "encoder.layers.encoder_layer_"),
              new Replacement("norm.", "encoder.ln."),
              new Replacement("head.", "heads.head.")),
          Stream.concat(
                  Stream.of(
                      new Replacement(".attn.qkv.weight", ".self_attention.in_proj_weight"),
                      new Replacement(".attn.qkv.bias", ".self_attention.in_proj_bias")),
                  weightsAndBiases(
                      ".attn.proj", ".self_attention.out_proj",
                      ".norm1", ".ln_1",
                      ".norm2", ".ln_2",
                      ".mlp.fc1", ".mlp.0",
                      ".mlp.fc2", ".mlp.3")
                      .stream())
              .toList());

  /** timm's Swin transformers, whose last layer stands in a head or is one. */
  private static final NameScheme TIMM_SWIN =
      new NameScheme(
          List.of(
              new Replacement("patch_embed.proj.", "features.0.0."),
              new Replacement("patch_embed.norm.", "features.0.2."),
              new Replacement("layers.0.blocks.", "features.1."),
              new Replacement("layers.1.downsample.", "features.2."),
              new Replacement("layers.1.blocks.", "features.3."),
              new Replacement("layers.2.downsample.", "features.4."),
              new Replacement("layers.2.blocks.", "features.5."),
              new Replacement("layers.3.downsample.", "features.6."),
              new Replacement("layers.3.blocks.", "features.7."),
              new Replacement("head.fc.", "head.")),
          weightsAndBiases(".mlp.fc1", ".mlp.0", ".mlp.fc2", ".mlp.3"));

  /** The authors' Swin transformers: a stage's tokens are merged at its end. */
  private static final NameScheme FIRST_SWIN =
      new NameScheme(
          Stream.concat(
                  Stream.of(
                      new Replacement("layers.0.downsample.", "features.2."),
                      new Replacement("layers.1.downsample.", "features.4."),
                      new Replacement("layers.2.downsample.", "features.6.")),
                  TIMM_SWIN.prefixes.stream())
              .toList(),
          TIMM_SWIN.suffixes);

  static final List<NameScheme> ALL =
      List.of(
          ZOO,
          CIFAR_FC,
          BACKBONE,
          TIMM_VGG,
          FIRST_VIT,
          TIMM_VIT,
          TIMM_SWIN,
          FIRST_SWIN,
          TransformersNames.RESNET,
          TransformersNames.CONVNEXT,
          TransformersNames.VIT,
          CAFFE_ONNX);

  /** A part of names, and what the zoo has in its place. */
  record Replacement(String from, String to) {}

  /** Replaced layers, each before what it becomes, in their weights' names and their biases'. */
  static List<Replacement> weightsAndBiases(String... layers) {
    List<Replacement> suffixes = new ArrayList<>();
    for (int i = 0; i < layers.length; i += 2) {
      for (String role : List.of(".weight", ".bias")) {
        suffixes.add(new Replacement(layers[i] + role, layers[i + 1] + role));
      }
    }
    return suffixes;
  }

  /** The name that the zoo has for a tensor; the same object where it has the same. */
  String renamed(String name) {
    return withSuffix(withPrefix(name));
  }

  private String withPrefix(String name) {
    for (Replacement prefix : prefixes) {
      if (name.startsWith(prefix.from())) {
        return prefix.to() + name.substring(prefix.from().length());
      }
    }
    return name;
  }

  private String withSuffix(String name) {
    for (Replacement suffix : suffixes) {
      if (name.endsWith(suffix.from())) {
        return name.substring(0, name.length() - suffix.from().length()) + suffix.to();
      }
    }
    return name;
  }
}
