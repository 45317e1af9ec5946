package io.clarinet.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.op.Fact;
import io.clarinet.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZooTest {

  @ParameterizedTest
  @CsvSource({
    "resnet18, 11689512",
    "resnet34, 21797672",
    "resnet50, 25557032",
    "resnet101, 44549160",
    "resnet152, 60192808",
    "resnet50-v1, 25557032",
    "vgg16, 138357544",
    "vgg19, 143667240",
    "preact_resnet20, 273972"
  })
  void hasThePublishedCountOfTrainableParameters(String name, long parameters) {
    assertThat(Zoo.find(name).orElseThrow().trainableParameters()).isEqualTo(parameters);
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
