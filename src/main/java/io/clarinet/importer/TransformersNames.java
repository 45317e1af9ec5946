package io.clarinet.importer;

import io.clarinet.importer.NameScheme.Replacement;
import java.util.ArrayList;
import java.util.List;

/** The names that Hugging Face's transformers have for tensors of networks of the zoo. */
final class TransformersNames {
  private static final List<String> NORM = List.of("weight", "bias", "running_mean", "running_var");
  private static final int STAGES = 4;
  private static final int CONVOLUTIONS = 3;

  private TransformersNames() {}

  static final NameScheme RESNET = resNet();
  static final NameScheme CONVNEXT = convNeXt();

  /** ViT, and DeiT with its second token; {@link JoinedProjections} joins queries, keys, values. */
  static final NameScheme VIT = vit();

  private static NameScheme resNet() {
    List<Replacement> prefixes = new ArrayList<>();
    prefixes.add(new Replacement("resnet.embedder.embedder.convolution.", "conv1."));
    prefixes.add(new Replacement("resnet.embedder.embedder.normalization.", "bn1."));
    for (int i = 0; i < STAGES; i++) {
      String stage = "resnet.encoder.stages." + i + ".layers.";
      prefixes.add(new Replacement(stage, "layer" + (i + 1) + "."));
    }
    prefixes.add(new Replacement("classifier.1.", "fc."));
    List<Replacement> suffixes = new ArrayList<>();
    for (int i = 0; i < CONVOLUTIONS; i++) {
      block(suffixes, ".layer." + i, ".conv" + (i + 1), ".bn" + (i + 1));
    }
    block(suffixes, ".shortcut", ".downsample.0", ".downsample.1");
    return new NameScheme(prefixes, suffixes);
  }

  private static void block(
      List<Replacement> suffixes, String name, String convolution, String norm) {
    suffixes.add(new Replacement(name + ".convolution.weight", convolution + ".weight"));
    for (String role : NORM) {
      suffixes.add(new Replacement(name + ".normalization." + role, norm + "." + role));
    }
  }

  /** To its authors' names. */
  private static NameScheme convNeXt() {
    List<Replacement> prefixes = new ArrayList<>();
    prefixes.add(
        new Replacement("convnext.embeddings.patch_embeddings.", "downsample_layers.0.0."));
    prefixes.add(new Replacement("convnext.embeddings.layernorm.", "downsample_layers.0.1."));
    for (int i = 0; i < STAGES; i++) {
      String stage = "convnext.encoder.stages." + i;
      prefixes.add(new Replacement(stage + ".downsampling_layer.", "downsample_layers." + i + "."));
      prefixes.add(new Replacement(stage + ".layers.", "stages." + i + "."));
    }
    prefixes.add(new Replacement("convnext.layernorm.", "norm."));
    prefixes.add(new Replacement("classifier.", "head."));
    List<Replacement> suffixes = new ArrayList<>();
    suffixes.add(new Replacement(".layer_scale_parameter", ".gamma"));
    suffixes.addAll(NameScheme.weightsAndBiases(".layernorm", ".norm"));
    return new NameScheme(prefixes, suffixes);
  }

  private static NameScheme vit() {
    List<Replacement> prefixes = new ArrayList<>();
    for (String network : List.of("vit.", "deit.")) {
      String embeddings = network + "embeddings.";
      prefixes.add(new Replacement(embeddings + "cls_token", "class_token"));
      prefixes.add(new Replacement(embeddings + "distillation_token", "dist_token"));
      prefixes.add(new Replacement(embeddings + "position_embeddings", "encoder.pos_embedding"));
      prefixes.add(new Replacement(embeddings + "patch_embeddings.projection.", "conv_proj."));
      prefixes.add(new Replacement(network + "encoder.layer.", "encoder.layers.encoder_layer_"));
      prefixes.add(new Replacement(network + "layernorm.", "encoder.ln."));
    }
    prefixes.add(new Replacement("classifier.", "heads.head."));
    prefixes.add(new Replacement("cls_classifier.", "heads.head."));
    prefixes.add(new Replacement("distillation_classifier.", "head_dist."));
    List<Replacement> suffixes = new ArrayList<>();
    for (String role : List.of("weight", "bias")) {
      String to = ".self_attention.in_proj_" + role;
      suffixes.add(new Replacement(JoinedProjections.NAME + role, to));
    }
    suffixes.addAll(
        NameScheme.weightsAndBiases(
            ".attention.output.dense", ".self_attention.out_proj",
            ".layernorm_before", ".ln_1",
            ".layernorm_after", ".ln_2",
            ".intermediate.dense", ".mlp.0",
            ".output.dense", ".mlp.3"));
    return new NameScheme(prefixes, suffixes);
  }
}
