package io.clarinet.importer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The network of the zoo that the {@code config.json} of Hugging Face's transformers describes. */
final class TransformersConfig {
  private static final Map<List<String>, String> BASIC =
      Map.of(List.of("2", "2", "2", "2"), "resnet18", List.of("3", "4", "6", "3"), "resnet34");
  private static final Map<List<String>, String> BOTTLENECKS =
      Map.of(
          List.of("3", "4", "6", "3"), "resnet50",
          List.of("3", "4", "23", "3"), "resnet101",
          List.of("3", "8", "36", "3"), "resnet152");

  /** By the width of the first stage and the blocks of the third. */
  private static final Map<String, String> CONVNEXT =
      Map.of(
          "96 9", "convnext_tiny",
          "96 27", "convnext_small",
          "128 27", "convnext_base",
          "192 27", "convnext_large",
          "256 27", "convnext_xlarge");

  /** By model, width, depth and patch, at 224 pixels. */
  private static final Map<String, String> VIT =
      Map.of(
          "vit 192 12 16", "deit_tiny_patch16_224",
          "vit 384 12 16", "deit_small_patch16_224",
          "vit 768 12 16", "vit_b_16",
          "vit 768 12 32", "vit_b_32",
          "vit 1024 24 16", "vit_l_16",
          "vit 1024 24 32", "vit_l_32",
          "deit 192 12 16", "deit_tiny_distilled_patch16_224",
          "deit 384 12 16", "deit_small_distilled_patch16_224",
          "deit 768 12 16", "deit_base_distilled_patch16_224");

  private final Map<String, List<String>> config;

  private TransformersConfig(Map<String, List<String>> config) {
    this.config = config;
  }

  /** Its name, with a picture size where that is not the usual; empty if the zoo lacks it. */
  static Optional<String> architecture(Map<String, List<String>> config) {
    return Optional.ofNullable(new TransformersConfig(config).name());
  }

  private @Nullable String name() {
    List<String> depths = config.getOrDefault("depths", List.of());
    List<String> widths = config.getOrDefault("hidden_sizes", List.of());
    return switch (one("model_type")) {
      case "resnet" ->
          one("downsample_in_bottleneck").equals("true")
              ? null
              : (one("layer_type").equals("basic") ? BASIC : BOTTLENECKS).get(depths);
      case "convnext" ->
          depths.size() < 3 || widths.isEmpty()
              ? null
              : CONVNEXT.get(widths.get(0) + " " + depths.get(2));
      case "vit", "deit" -> vit();
      default -> null;
    };
  }

  private @Nullable String vit() {
    String name =
        VIT.get(
            String.join(
                " ",
                one("model_type"),
                one("hidden_size"),
                one("num_hidden_layers"),
                one("patch_size")));
    String side = one("image_size");
    boolean usual = side.isEmpty() || side.equals("224");
    return name == null || usual ? name : name + ":" + side + "x" + side;
  }

  private String one(String key) {
    List<String> values = config.getOrDefault(key, List.of());
    return values.size() == 1 ? values.get(0) : "";
  }
}
