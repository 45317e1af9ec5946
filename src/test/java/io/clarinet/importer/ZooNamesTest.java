package io.clarinet.importer;

import static io.clarinet.importer.ZooImportTest.SMALL;
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
import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.Zoo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors are found under the names that each library has for them. */
class ZooNamesTest {
  @Test
  void torchvisionsNamesOfArchitecturesAreKnown() {
    Graph graph = read(splats("squeezenet1.1"), "squeezenet1_1");
    assertThat(graph.metadata()).containsEntry("architecture", "squeezenet1.1");
  }

  @Test
  void wrappersAndCountersAreLeftOut() {
    Map<String, Constant> tensors = new LinkedHashMap<>();
    splats(SMALL).forEach((name, tensor) -> tensors.put("module.model." + name, tensor));
    tensors.put("module.model.bn1.num_batches_tracked", Tensor.ofLongs(Shape.of(), 3));
    Graph graph = ZooImport.read(file(tensors), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", SMALL);
  }

  @Test
  void averagedWeightsKeepTheirNames() {
    Map<String, Constant> tensors = new LinkedHashMap<>();
    tensors.put("n_averaged", Tensor.ofLongs(Shape.of(), 3));
    splats(SMALL).forEach((name, tensor) -> tensors.put("module." + name, tensor));
    Graph graph = ZooImport.read(file(tensors), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", SMALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"head.fc.", "head.", "classifier.", "backbone.fc."})
  void aBackboneAndItsHeadAreOneNetwork(String head) {
    Map<String, Constant> tensors =
        renamed(
            splats("resnet18"),
            name -> name.startsWith("fc.") ? name.replace("fc.", head) : "backbone." + name);
    Graph graph = ZooImport.read(file(tensors), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", "resnet18");
  }

  @Test
  void theDenseLayersOfTimmsVggAreConvolutionsThatAreFlattened() {
    Map<String, Constant> tensors =
        renamed(
            splats("vgg16"),
            name ->
                name.replace("classifier.0.", "pre_logits.fc1.")
                    .replace("classifier.3.", "pre_logits.fc2.")
                    .replace("classifier.6.", "head.fc."));
    tensors.put(
        "pre_logits.fc1.weight", new Splat(ElementType.FLOAT32, Shape.of(4096, 512, 7, 7), 2));
    tensors.put(
        "pre_logits.fc2.weight", new Splat(ElementType.FLOAT32, Shape.of(4096, 4096, 1, 1), 3));
    Graph graph = ZooImport.read(file(tensors), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", "vgg16");
    Constant dense = graph.constants().get("classifier.3.weight");
    assertThat(dense.shape()).isEqualTo(Shape.of(4096, 4096));
  }

  @Test
  void timmsNamesOfVisionTransformersAreKnown() {
    String name = "deit_tiny_distilled_patch16_224";
    Map<String, Constant> tensors =
        renamed(
            splats(name),
            own ->
                own.replace("encoder.layers.encoder_layer_", "blocks.")
                    .replace("self_attention.in_proj_", "attn.qkv.")
                    .replace("self_attention.out_proj", "attn.proj")
                    .replace("ln_", "norm")
                    .replace("mlp.0", "mlp.fc1")
                    .replace("mlp.3", "mlp.fc2")
                    .replace("encoder.ln.", "norm.")
                    .replace("heads.head.", "head.")
                    .replace("encoder.pos_embedding", "pos_embed")
                    .replace("class_token", "cls_token")
                    .replace("conv_proj.", "patch_embed.proj."));
    Graph graph = ZooImport.read(file(tensors), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", name);
  }

  @ParameterizedTest
  @CsvSource({"1, head.fc.", "0, head."})
  void timmsNamesOfSwinTransformersAreKnownOldAndNew(int downsample, String head) {
    Map<String, Constant> tensors =
        renamed(
            splats("swin_t"),
            own -> {
              String[] parts = own.split("\\.", 3);
              int place = parts[0].equals("features") ? Integer.parseInt(parts[1]) : -1;
              String renamed =
                  place <= 0
                      ? own
                      : place % 2 == 1
                          ? "layers." + place / 2 + ".blocks." + parts[2]
                          : "layers." + (place / 2 - 1 + downsample) + ".downsample." + parts[2];
              return renamed
                  .replace("features.0.0.", "patch_embed.proj.")
                  .replace("features.0.2.", "patch_embed.norm.")
                  .replace("mlp.0", "mlp.fc1")
                  .replace("mlp.3", "mlp.fc2")
                  .replaceAll("^head\\.", head);
            });
    String index = "layers.0.blocks.1.attn.relative_position_index";
    tensors.put(index, Tensor.ofLongs(Shape.of(1), 3));
    tensors.put("layers.0.blocks.1.attn_mask", new Splat(ElementType.FLOAT32, Shape.of(4), 0));
    Graph graph = ZooImport.read(file(tensors), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", "swin_t");
  }

  /** Names after the libraries' sources, not after the zoo's. */
  @ParameterizedTest
  @CsvSource({
    "efficientnet_b0, features.0.0 features.1.0.block.1.fc1 features.2.0.block.3.0 features.8.1",
    "efficientnet_b5, conv_stem blocks.0.0.bn2 blocks.0.0.se.conv_reduce blocks.1.0.conv_pwl bn2",
    "mobilenet_v2, features.1.conv.0.0 features.1.conv.2 features.2.conv.2 features.18.0",
    "mobilenet_v2, conv_stem blocks.0.0.conv_pw blocks.1.0.bn3 conv_head classifier",
    "mobilenet_v3_large, features.1.block.1.0 features.4.block.2.fc2 features.16.0 classifier.3",
    "mobilenetv3_small_100, blocks.0.0.se.conv_expand blocks.1.0.conv_pw blocks.5.0.bn1 conv_head",
    "keras_mobilenetv3large, Conv/BatchNorm expanded_conv_3/squeeze_excite/Conv_1 Logits",
    "keras_mobilenetv3large, conv_bn expanded_conv_3_squeeze_excite_conv_1 logits",
    "keras_mobilenetv2, bn_Conv1 expanded_conv_project_BN block_1_expand Conv_1_bn Logits",
    "keras_efficientnetb7, block1a_se_reduce block2b_expand_conv block7d_project_bn top_conv",
    "resnext50_32x4d, layer1.0.downsample.1 layer2.3.bn2 layer4.2.conv3 fc",
    "shufflenet_v2_x1_0, conv1.1 stage2.0.branch1.3 stage3.7.branch2.6 conv5.0 fc",
    "regnet_y_800mf, stem.1 trunk_output.block1.block1-0.proj.1"
        + " trunk_output.block3.block3-7.f.se.fc2 trunk_output.block4.block4-1.f.c.1 fc",
    "densenet121, features.conv0 features.denseblock1.denselayer1.norm.1 features.transition1.conv",
    "densenet201, features.denseblock4.denselayer32.conv2 features.norm5 classifier",
    "keras_densenet121, conv1/bn conv2_block1_0_bn pool2_conv conv5_block16_2_conv bn fc1000",
    "convnext_tiny, features.1.0.block.3 features.2.0 features.7.2.block.5 classifier.0",
    "convnext_base, stem.1 stages.1.downsample.0 stages.2.blocks.26.mlp.fc1 head.norm head.fc",
    "convnext_xlarge, downsample_layers.0.1 stages.3.2.pwconv2 norm head",
    "keras_convnexttiny, convnext_tiny_stem_conv convnext_tiny_stage_3_block_2_layer_scale",
    "inception_v3, Conv2d_1a_3x3.conv Mixed_5b.branch3x3dbl_3.bn Mixed_7c.branch3x3_2b.conv fc",
    "keras_inceptionv3, conv2d_94 batch_normalization_94 predictions",
    "keras_xception, block1_conv2_bn block2_sepconv1 conv2d_4 block14_sepconv2_bn",
    "keras_nasnetlarge, adjust_conv_1_0 adjust_bn_reduce_12" + " separable_conv_2_normal_left5_18"
  })
  void eachLibrarysNamesAreThoseOfItsFiles(String name, String layers) {
    List<String> wanted = List.of(layers.split(" ", -1));
    Architecture spelt =
        Zoo.find(name).orElseThrow().spellings().stream()
            .filter(each -> layers(each).containsAll(wanted))
            .findFirst()
            .orElseThrow();
    Graph graph = ZooImport.read(file(splats(spelt)), ImportOptions.DEFAULT.withArchitecture(name));
    assertThat(graph.metadata()).containsEntry("architecture", name);
  }

  private static Set<String> layers(Architecture architecture) {
    return Requirements.of(architecture).keySet().stream()
        .map(weight -> weight.substring(0, weight.lastIndexOf('.')))
        .collect(Collectors.toSet());
  }

  @Test
  void aSecondClassifierOfTrainingIsLeftOut() {
    Map<String, Constant> tensors = splats("inception_v3");
    tensors.put("AuxLogits.fc.weight", Tensor.zeros(Shape.of(1)));
    Graph graph = ZooImport.read(file(tensors), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", "inception_v3");
  }
}
