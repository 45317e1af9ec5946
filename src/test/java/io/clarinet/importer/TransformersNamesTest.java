package io.clarinet.importer;

import static io.clarinet.importer.ZooImportTest.file;
import static io.clarinet.importer.ZooImportTest.read;
import static io.clarinet.importer.ZooImportTest.renamed;
import static io.clarinet.importer.ZooImportTest.splats;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks as Hugging Face's transformers describe them and name their tensors. */
class TransformersNamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"resnet18", "resnet50"})
  void residualNetworks(String name) {
    Map<String, Constant> tensors =
        renamed(
            splats(name),
            own -> {
              String[] parts = own.split("\\.");
              String role = parts[parts.length - 1];
              String kind =
                  own.matches(".*(bn\\d|downsample\\.1)\\..*") ? "normalization." : "convolution.";
              if (parts[0].equals("fc")) {
                return "classifier.1." + role;
              }
              if (!parts[0].startsWith("layer")) {
                return "resnet.embedder.embedder." + kind + role;
              }
              int stage = parts[0].charAt(5) - '1';
              String place =
                  parts[2].equals("downsample")
                      ? "shortcut."
                      : "layer." + (parts[2].charAt(parts[2].length() - 1) - '1') + ".";
              return "resnet.encoder.stages."
                  + stage
                  + ".layers."
                  + parts[1]
                  + "."
                  + place
                  + kind
                  + role;
            });
    tensors.put(
        "resnet.embedder.embedder.normalization.num_batches_tracked",
        Tensor.ofLongs(Shape.of(), 3));
    Graph graph = read(tensors, name);
    assertThat(graph.metadata()).containsEntry("architecture", name);
  }

  @Test
  void convNeXt() {
    Map<String, Constant> tensors =
        renamed(
            splats("convnext_tiny"),
            own ->
                own.replaceAll("^features\\.0\\.0\\.", "convnext.embeddings.patch_embeddings.")
                    .replaceAll("^features\\.0\\.1\\.", "convnext.embeddings.layernorm.")
                    .replaceAll("^features\\.2\\.", "convnext.encoder.stages.1.downsampling_layer.")
                    .replaceAll("^features\\.4\\.", "convnext.encoder.stages.2.downsampling_layer.")
                    .replaceAll("^features\\.6\\.", "convnext.encoder.stages.3.downsampling_layer.")
                    .replaceAll("^features\\.1\\.", "convnext.encoder.stages.0.layers.")
                    .replaceAll("^features\\.3\\.", "convnext.encoder.stages.1.layers.")
                    .replaceAll("^features\\.5\\.", "convnext.encoder.stages.2.layers.")
                    .replaceAll("^features\\.7\\.", "convnext.encoder.stages.3.layers.")
                    .replace(".block.0.", ".dwconv.")
                    .replace(".block.2.", ".layernorm.")
                    .replace(".block.3.", ".pwconv1.")
                    .replace(".block.5.", ".pwconv2.")
                    .replace(".layer_scale", ".layer_scale_parameter")
                    .replace("classifier.0.", "convnext.layernorm.")
                    .replace("classifier.2.", "classifier."));
    tensors.replaceAll(
        (name, tensor) ->
            name.endsWith(".layer_scale_parameter")
                ? new Splat(ElementType.FLOAT32, Shape.of(tensor.shape().dim(0)), 0.5)
                : tensor);
    Graph graph = read(tensors, "convnext_tiny");
    assertThat(graph.metadata()).containsEntry("architecture", "convnext_tiny");
  }

  @ParameterizedTest
  @CsvSource({"deit_tiny_patch16_224, vit", "deit_tiny_distilled_patch16_224, deit"})
  void visionTransformersWhoseProjectionsAreThree(String name, String prefix) {
    Map<String, Constant> tensors = new LinkedHashMap<>();
    splats(name)
        .forEach(
            (own, tensor) -> {
              String renamed =
                  own.replace("encoder.layers.encoder_layer_", prefix + ".encoder.layer.")
                      .replace(".self_attention.out_proj.", ".attention.output.dense.")
                      .replace(".ln_1.", ".layernorm_before.")
                      .replace(".ln_2.", ".layernorm_after.")
                      .replace(".mlp.0.", ".intermediate.dense.")
                      .replace(".mlp.3.", ".output.dense.")
                      .replace("encoder.ln.", prefix + ".layernorm.")
                      .replace(
                          "heads.head.", prefix.equals("deit") ? "cls_classifier." : "classifier.")
                      .replace("head_dist.", "distillation_classifier.")
                      .replace("encoder.pos_embedding", prefix + ".embeddings.position_embeddings")
                      .replace("class_token", prefix + ".embeddings.cls_token")
                      .replace("dist_token", prefix + ".embeddings.distillation_token")
                      .replace("conv_proj.", prefix + ".embeddings.patch_embeddings.projection.");
              if (!renamed.contains(".self_attention.in_proj_")) {
                tensors.put(renamed, tensor);
                return;
              }
              int[] dims = tensor.shape().dims();
              dims[0] /= 3;
              String[] parts = {"query.", "key.", "value."};
              for (int i = 0; i < parts.length; i++) {
                String to = ".attention.attention." + parts[i];
                tensors.put(
                    renamed.replace(".self_attention.in_proj_", to),
                    new Splat(ElementType.FLOAT32, Shape.of(dims), i + 1));
              }
            });
    tensors.put("vit.pooler.dense.bias", Tensor.zeros(Shape.of(192)));
    Graph graph = ZooImport.read(file(tensors), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", name);
    String bias = "encoder.layers.encoder_layer_3.self_attention.in_proj_bias";
    float[] joined = graph.constants().get(bias).tensor().toFloatArray();
    assertThat(new float[] {joined[0], joined[191], joined[192], joined[384], joined[575]})
        .containsExactly(1, 1, 2, 3, 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'resnet', 'depths': [3, 4, 6, 3], 'layer_type': 'bottleneck' | resnet50",
        "'resnet', 'depths': [3, 4, 6, 3], 'layer_type': 'basic' | resnet34",
        "'resnet', 'depths': [3, 4, 6, 9], 'layer_type': 'basic' | resnet",
        "'convnext', 'depths': [3, 3, 27, 3], 'hidden_sizes': [192, 384, 768, 1536] |"
            + " convnext_large",
        "'convnext', 'depths': [] | convnext",
        "'vit', 'hidden_size': 768, 'num_hidden_layers': 12, 'patch_size': 16, 'image_size': 224 |"
            + " vit_b_16",
        "'vit', 'hidden_size': 1024, 'num_hidden_layers': 24, 'patch_size': 32, 'image_size': 384 |"
            + " vit_l_32:384x384",
        "'deit', 'hidden_size': 192, 'num_hidden_layers': 12, 'patch_size': 16 |"
            + " deit_tiny_distilled_patch16_224",
        "'bert', 'depths': 3 | bert"
      })
  void configurationsNameTheZoosNetworks(String config, String architecture) throws IOException {
    Files.writeString(
        folder.resolve("config.json"), ("{'model_type': " + config + "}").replace('\'', '"'));
    ModelConfig read = ModelConfig.in(folder);
    assertThat(read.architecture()).isEqualTo(architecture);
    assertThat(read.fitsTheZoo()).isEqualTo(architecture.matches(".*\\d.*|.*_.*"));
  }
}
