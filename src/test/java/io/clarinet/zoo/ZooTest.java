package io.clarinet.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ZooTest {
  @Test
  void pictureSizeAndClassesMayFollowTheName() {
    Architecture found = Zoo.find("ResNet18:64x96:10").orElseThrow();
    assertThat(found)
        .isEqualTo(Zoo.find("resnet18").orElseThrow().withInput(64, 96).withClasses(10));
    assertThat(found.name()).isEqualTo("resnet18:64x96:10");
    assertThat(found.input()).containsExactly(3, 64, 96);
    assertThat(found.classes()).isEqualTo(10);
    assertThat(found.trainableParameters()).isEqualTo(11_689_512 - 990 * 513);
    for (String wrong : List.of("resnet18:", "resnet18:0", "resnet18:64", "resnet18:64x", "x:10")) {
      assertThat(Zoo.find(wrong).isPresent()).as(wrong).isEqualTo(wrong.endsWith(":64"));
    }
  }

  @Test
  void aPictureTooSmallForALayerIsRefusedWithItsName() {
    Architecture small = Zoo.find("alexnet:40x40").orElseThrow();
    assertThatThrownBy(() -> small.graph(new SeededWeights(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pool5");
  }

  @Test
  void alexNetNormalisesBeforePoolingAndCaffeNetAfter() {
    assertThat(reads("alexnet", "pool1")).isEqualTo("norm1");
    assertThat(reads("caffenet", "norm1")).isEqualTo("pool1");
  }

  private static String reads(String architecture, String node) {
    Graph graph = Zoo.find(architecture).orElseThrow().graph(new SeededWeights(1));
    return Objects.requireNonNull(graph.producers().get(node)).inputs().get(0);
  }

  @Test
  void everyArchitectureMakesOneRowOfClassesForEachPicture() {
    for (Architecture architecture : Zoo.all()) {
      Graph graph = architecture.graph(new SeededWeights(1));
      Shape input = graph.inputs().get(0).shape(3);
      Map<String, Fact> facts =
          graph.specialised(Map.of(graph.inputs().get(0).name(), input)).facts();
      assertThat(facts.get(graph.outputs().get(0)).shape())
          .as(architecture.name())
          .isEqualTo(Shape.of(3, architecture.classes()));
    }
  }

  @Test
  void firstVersionStridesInTheFirstConvolutionOfAUnitTheOtherInTheSecond() {
    assertThat(stride("resnet50-v1", "layer2.0.conv1")).isEqualTo(2);
    assertThat(stride("resnet50-v1", "layer2.0.conv2")).isEqualTo(1);
    assertThat(stride("resnet50", "layer2.0.conv1")).isEqualTo(1);
    assertThat(stride("resnet50", "layer2.0.conv2")).isEqualTo(2);
  }

  private static int stride(String architecture, String node) {
    Graph graph = Zoo.find(architecture).orElseThrow().graph(new SeededWeights(1));
    return ((io.clarinet.op.Conv2d) graph.producers().get(node).op()).window().strideH();
  }

  @Test
  void eachActivationOrderOfAPreActivationNetworkEndsAsItsFigureSays() {
    Map<ActivationOrder, List<String>> last =
        Map.of(
            ActivationOrder.ORIGINAL, List.of("layer3.0.relu", "layer3.0.add", "layer3.0.bn2"),
            ActivationOrder.NORM_AFTER_ADDITION,
                List.of("layer3.0.relu", "layer3.0.bn", "layer3.0.add", "layer3.0.conv2"),
            ActivationOrder.RELU_BEFORE_ADDITION,
                List.of("layer3.0.add", "layer3.0.relu2", "layer3.0.bn2", "layer3.0.conv2"),
            ActivationOrder.RELU_ONLY_PRE_ACTIVATION,
                List.of("relu", "layer3.0.add", "layer3.0.bn2", "layer3.0.conv2"),
            ActivationOrder.FULL_PRE_ACTIVATION,
                List.of("relu", "bn", "layer3.0.add", "layer3.0.conv2", "layer3.0.relu2"));
    for (ActivationOrder order : ActivationOrder.values()) {
      Graph graph = preActivation(order, Shortcut.IDENTITY);
      List<String> chain = new ArrayList<>();
      String value = "avgpool";
      for (int i = 0; i < last.get(order).size(); i++) {
        value = Objects.requireNonNull(graph.producers().get(value)).inputs().get(0);
        chain.add(value);
      }
      assertThat(chain).as(order.name()).isEqualTo(last.get(order));
    }
  }

  @Test
  void shortcutsAddWhatTheirFiguresSay() {
    for (Shortcut shortcut : Shortcut.values()) {
      Graph graph = preActivation(ActivationOrder.ORIGINAL, shortcut);
      String prefix = "layer1.0.";
      assertThat(graph.producers().keySet().stream().filter(n -> n.startsWith(prefix)).toList())
          .as(shortcut.name())
          .contains(
              switch (shortcut) {
                case IDENTITY -> new String[] {prefix + "add"};
                case SCALING -> new String[] {prefix + "branch_scaled", prefix + "shortcut_scaled"};
                case EXCLUSIVE_GATING -> new String[] {prefix + "change", prefix + "sigmoid"};
                case SHORTCUT_GATING -> new String[] {prefix + "kept", prefix + "sigmoid"};
                case CONVOLUTION -> new String[] {prefix + "shortcut"};
                case DROPOUT -> new String[] {prefix + "shortcut_scaled"};
              });
    }
    PreActResNet dropping = PreActResNet.small(8, false).with(Shortcut.DROPOUT);
    Graph graph = dropping.withShortcutScale(0.9).architecture("d", "").graph(new SeededWeights(1));
    assertThat(graph.constants().get("layer1.0.shortcut_scaled.factor").tensor().doubleAt(0))
        .isEqualTo((double) 0.9f);
    assertThat(graph.producers().keySet()).doesNotContain("layer1.0.branch_scaled");
  }

  private static Graph preActivation(ActivationOrder order, Shortcut shortcut) {
    PreActResNet network = PreActResNet.small(8, false).with(order).with(shortcut);
    return network.architecture("small", "").graph(new SeededWeights(1));
  }

  @Test
  void seededWeightsDependOnSeedNameAndNothingElse() {
    Shape shape = Shape.of(5, 7);
    Weights.Init init = Weights.Init.he(7);
    float[] once = new SeededWeights(3).get("a", shape, init).tensor().toFloatArray();
    assertThat(new SeededWeights(3).get("a", shape, init).tensor().toFloatArray()).isEqualTo(once);
    assertThat(new SeededWeights(4).get("a", shape, init).tensor().toFloatArray())
        .isNotEqualTo(once);
    assertThat(new SeededWeights(3).get("b", shape, init).tensor().toFloatArray())
        .isNotEqualTo(once);
  }
}
