package io.clarinet.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.Zoo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZooImportTest {
  private static final String SMALL = "preact_resnet20";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "resnet50",
        "resnet152",
        "vgg16",
        "vgg19_bn",
        SMALL,
        "vit_b_16",
        "swin_t"
      })
  void theArchitectureIsInferredFromNamesAndShapes(String name) {
    Graph graph = ZooImport.read(file(splats(name)), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", name);
    assertThat(graph.name()).isEqualTo(name);
  }

  @Test
  void theOlderResNetIsReadWhenItIsNamed() {
    ImportOptions v1 = ImportOptions.DEFAULT.withArchitecture("ResNet50-v1");
    Graph graph = ZooImport.read(file(splats("resnet50")), v1);
    assertThat(graph.metadata()).containsEntry("architecture", "resnet50-v1");
  }

  @Test
  void theLastLayerTellsHowManyClassesThereAre() {
    Map<String, Constant> tensors = splats("resnet50:7");
    Graph graph = ZooImport.read(file(tensors), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", "resnet50:7");
    assertThat(graph.constants().get("fc.weight").shape()).isEqualTo(Shape.of(7, 2048));
    tensors.put("fc.bias", new Splat(ElementType.FLOAT32, Shape.of(8), 0.5));
    assertThatThrownBy(() -> read(tensors, "resnet50"))
        .hasMessageContaining("fc.bias is 8 instead of 7");
  }

  @Test
  void torchvisionsNamesOfArchitecturesAreKnown() {
    Graph graph = read(splats("squeezenet1.1"), "squeezenet1_1");
    assertThat(graph.metadata()).containsEntry("architecture", "squeezenet1.1");
  }

  @Test
  void absurdNamesOfArchitecturesAreRefused() {
    Map<String, Constant> tensors = splats(SMALL);
    for (String name :
        new String[] {"resnet18" + ":1".repeat(9999), "vgg16:1x1", "vgg16:99999x99999:9999999"}) {
      assertThatThrownBy(() -> read(tensors, name)).isInstanceOf(ModelFormatException.class);
    }
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

  @Test
  void aFlattenedConvolutionKeepsItsElementsInOrder() {
    Tensor convolution = Tensor.of(Shape.of(2, 1, 1, 3), 1, 2, 3, 4, 5, 6);
    assertThat(Flattened.fits(convolution.shape(), Shape.of(2, 3))).isTrue();
    assertThat(Flattened.fits(convolution.shape(), Shape.of(3, 2))).isFalse();
    assertThat(Flattened.of(convolution, Shape.of(2, 3)).tensor().toFloatArray())
        .containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aNamedArchitectureThatDoesNotFitIsRefusedWithAReport() {
    Map<String, Constant> tensors = splats(SMALL);
    tensors.remove("fc.bias");
    tensors.put("fc.biases", tensors.get("fc.weight"));
    assertThatThrownBy(() -> read(tensors, SMALL))
        .hasMessageContaining("file: its tensors are not " + SMALL + "'s")
        .hasMessageContaining("1 missing (fc.bias); 1 unexpected (fc.biases)")
        .extracting(e -> ((ModelFormatException) e).kind())
        .isEqualTo(ModelFormatException.Kind.INVALID);
    assertThatThrownBy(() -> read(tensors, "resnet50"))
        .hasMessageContaining("conv1.weight is 16x3x3x3 instead of 64x3x7x7");
    assertThatThrownBy(() -> read(splats(SMALL), "resnet50"))
        .hasMessageContaining("not resnet50's but those of " + SMALL);
    assertThatThrownBy(() -> read(tensors, "alexnot"))
        .hasMessageContaining("\"alexnot\" is no architecture")
        .hasMessageContaining("near it is \"alexnet\"");
    assertThatThrownBy(() -> read(tensors, "zebra")).hasMessageContaining("vgg16");
  }

  @Test
  void whatANamedArchitectureDoesNotNeedIsLeftOut() {
    Map<String, Constant> tensors = splats(SMALL);
    tensors.put("ema.decay", Tensor.zeros(Shape.of(1)));
    assertThat(read(tensors, SMALL).constants()).doesNotContainKey("ema.decay");
  }

  @Test
  void tensorsOfNoArchitectureAreRefusedWithTheNearest() {
    Map<String, Constant> tensors = splats("resnet34");
    tensors.put("extra", Tensor.zeros(Shape.of(1)));
    assertThatThrownBy(() -> ZooImport.read(file(tensors), ImportOptions.DEFAULT))
        .hasMessageContaining("the nearest are resnet34 (99 % alike), resnet50 (")
        .hasMessageContaining("resnet34 finds 1 unexpected (extra)")
        .hasMessageContaining("--arch");
    assertThatThrownBy(() -> ZooImport.read(file(Map.of()), ImportOptions.DEFAULT))
        .hasMessageContaining("0 tensors are no known architecture's")
        .hasMessageContaining("resnet18, ");
  }

  private static Graph read(Map<String, Constant> tensors, String architecture) {
    return ZooImport.read(file(tensors), ImportOptions.DEFAULT.withArchitecture(architecture));
  }

  private static StateDictionary file(Map<String, Constant> tensors) {
    return new StateDictionary(Path.of("file"), tensors, Map.of());
  }

  private static Map<String, Constant> splats(String architecture) {
    Map<String, Constant> tensors = new LinkedHashMap<>();
    Requirements.of(Zoo.find(architecture).orElseThrow())
        .forEach((name, shape) -> tensors.put(name, new Splat(ElementType.FLOAT32, shape, 0.5)));
    return tensors;
  }

  private static Map<String, Constant> renamed(
      Map<String, Constant> tensors, UnaryOperator<String> name) {
    Map<String, Constant> renamed = new LinkedHashMap<>();
    tensors.forEach((old, tensor) -> renamed.put(name.apply(old), tensor));
    return renamed;
  }
}
