package io.clarinet.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.Zoo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZooImportTest {
  static final String SMALL = "preact_resnet20";

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
  void absurdNamesOfArchitecturesAreRefused() {
    Map<String, Constant> tensors = splats(SMALL);
    for (String name :
        new String[] {"resnet18" + ":1".repeat(9999), "vgg16:1x1", "vgg16:99999x99999:9999999"}) {
      assertThatThrownBy(() -> read(tensors, name)).isInstanceOf(ModelFormatException.class);
    }
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

  @ParameterizedTest
  @CsvSource({
    "keras_resnet50, 2048, fc1000",
    "vgg16, 512, classifier.0 classifier.3 classifier.6",
    "keras_efficientnetb1, 1280, predictions",
    "keras_mobilenetv3small, 576, conv_2 logits",
    "keras_mobilenet, 1024, conv_preds",
    "keras_nasnetmobile, 1056, predictions"
  })
  void withoutItsDenseLayersANetworkEndsAtItsLastImage(String name, int channels, String head) {
    Map<String, Constant> tensors = splats(name);
    for (String layer : head.split(" ", -1)) {
      tensors.remove(layer + ".weight");
      tensors.remove(layer + ".bias");
    }
    Graph cut = ZooImport.readHeadless(file(tensors), ImportOptions.DEFAULT).orElseThrow();
    assertThat(cut.metadata()).containsEntry("architecture", name);
    assertThat(cut.constants().keySet()).doesNotContainAnyElementsOf(List.of(head.split(" ", -1)));
    Input input = cut.inputs().get(0);
    Map<String, Fact> facts = cut.specialised(Map.of(input.name(), input.shape(1))).facts();
    Shape last = facts.get(cut.outputs().get(0)).shape();
    assertThat(last.c()).isEqualTo(channels);
    assertThat(last.h()).isGreaterThan(1);
  }

  @Test
  void aNetworkThatLacksMoreThanItsHeadIsNotCut() {
    Map<String, Constant> tensors = splats("keras_mobilenet");
    for (String name : List.copyOf(tensors.keySet())) {
      if (name.startsWith("conv_preds") || name.startsWith("conv_pw_13")) {
        tensors.remove(name);
      }
    }
    assertThat(ZooImport.readHeadless(file(tensors), ImportOptions.DEFAULT)).isEmpty();
    assertThat(ZooImport.readHeadless(file(splats("resnet18")), ImportOptions.DEFAULT)).isEmpty();
  }

  @Test
  void factorsOfChannelsMayBeFlat() {
    Map<String, Constant> tensors = splats("convnext_tiny");
    String name = "features.1.0.layer_scale";
    tensors.put(name, new Splat(ElementType.FLOAT32, Shape.of(96), 0.5));
    Graph graph = ZooImport.read(file(tensors), ImportOptions.DEFAULT);
    assertThat(graph.constants().get(name).shape()).isEqualTo(Shape.of(96, 1, 1));
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

  static Graph read(Map<String, Constant> tensors, String architecture) {
    return ZooImport.read(file(tensors), ImportOptions.DEFAULT.withArchitecture(architecture));
  }

  static StateDictionary file(Map<String, Constant> tensors) {
    return new StateDictionary(Path.of("file"), tensors, Map.of());
  }

  static Map<String, Constant> splats(String architecture) {
    return splats(Zoo.find(architecture).orElseThrow());
  }

  static Map<String, Constant> splats(Architecture architecture) {
    Map<String, Constant> tensors = new LinkedHashMap<>();
    Requirements.of(architecture)
        .forEach((name, shape) -> tensors.put(name, new Splat(ElementType.FLOAT32, shape, 0.5)));
    return tensors;
  }

  static Map<String, Constant> renamed(Map<String, Constant> tensors, UnaryOperator<String> name) {
    Map<String, Constant> renamed = new LinkedHashMap<>();
    tensors.forEach((old, tensor) -> renamed.put(name.apply(old), tensor));
    return renamed;
  }
}
