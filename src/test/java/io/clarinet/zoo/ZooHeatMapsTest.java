package io.clarinet.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.classify.PooledHead;
import io.clarinet.graph.Graph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks of the zoo that end in an average have heat maps, and the others say why not. */
class ZooHeatMapsTest {

  private static Graph graph(String name) {
    return Zoo.find(name).orElseThrow().graph(new CountingWeights());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "googlenet",
        "resnet18",
        "resnet50",
        "squeezenet1.1",
        "squeezenet1.1-caffe",
        "cifar_resnet20",
        "preact_resnet20",
        "keras_resnet50v2",
        "densenet121",
        "efficientnet_b0",
        "inception_v3",
        "keras_mobilenet",
        "mobilenet_v2"
      })
  void hasHeatMaps(String name) {
    Graph graph = graph(name);
    PooledHead head = PooledHead.of(graph, graph.inputs().get(0).dims());
    assertThat(graph.producers()).containsKey(head.features());
  }

  @ParameterizedTest
  @CsvSource({
    "vgg16, relu \"classifier.4\"",
    "alexnet, relu \"relu7\"",
    "mobilenet_v3_small, hard_swish",
    "convnext_tiny, LayerNorm",
    "vit_b_16, Slice"
  })
  void hasNoHeatMaps(String name, String obstacle) {
    Graph graph = graph(name);
    assertThatThrownBy(() -> PooledHead.of(graph, graph.inputs().get(0).dims()))
        .hasMessageStartingWith(name + " has no heat maps: ")
        .hasMessageContaining(obstacle);
  }
}
