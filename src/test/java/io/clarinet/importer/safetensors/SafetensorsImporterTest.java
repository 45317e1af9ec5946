package io.clarinet.importer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Weights;
import io.clarinet.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsImporterTest {
  private static final String NETWORK = "preact_resnet20";

  @TempDir Path folder;

  @Test
  void theMetadataNameTheArchitectureAndOverrideItsOwn() throws IOException {
    Path file = write(Map.of("architecture", NETWORK, "labels", "a,b", "preprocess", "tf"));
    Graph graph = SafetensorsImporter.read(file, null);
    assertThat(graph.metadata())
        .containsEntry("architecture", NETWORK)
        .containsEntry("labels", "a,b")
        .containsEntry("preprocess", "tf")
        .doesNotContainKey("weights");
  }

  @Test
  void withoutANameTheArchitectureIsInferredFromTheTensors() throws IOException {
    Graph graph = SafetensorsImporter.read(write(Map.of()), null);
    assertThat(graph.metadata()).containsEntry("architecture", NETWORK);
    assertThat(graph.constants()).hasSize(tensors().size());
    graph
        .constants()
        .forEach(
            (name, constant) ->
                assertThat(constant.tensor().toFloatArray())
                    .as(name)
                    .isEqualTo(tensors().get(name).toFloatArray()));
  }

  @Test
  void anotherOrUnknownArchitectureIsRefusedWithTheReason() throws IOException {
    Path file = write(Map.of());
    assertThatThrownBy(() -> SafetensorsImporter.read(file, "resnet50"))
        .hasMessageContaining("not resnet50's")
        .hasMessageContaining("\"conv1.weight\" has shape");
    assertThatThrownBy(() -> SafetensorsImporter.read(file, "alexnot"))
        .hasMessageContaining("alexnot")
        .hasMessageContaining("vgg16");
  }

  @Test
  void tensorsOfNoArchitectureAreRefusedWithTheNamesOfAll() throws IOException {
    Map<String, Tensor> tensors = Map.of("x", Tensor.zeros(Shape.of(2)));
    Path file = SafetensorsWriter.write(folder.resolve("x.safetensors"), tensors, Map.of());
    assertThatThrownBy(() -> SafetensorsImporter.read(file, null))
        .hasMessageContaining("no known architecture's")
        .hasMessageContaining("resnet18");
  }

  private Path write(Map<String, String> metadata) throws IOException {
    return SafetensorsWriter.write(folder.resolve("a.safetensors"), tensors(), metadata);
  }

  private static Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SeededWeights seeded = new SeededWeights(4);
    Zoo.find(NETWORK)
        .orElseThrow()
        .graph(
            new Weights() {
              @Override
              public Tensor get(String name, Shape shape, Init init) {
                Tensor tensor = seeded.get(name, shape, init).tensor();
                tensors.put(name, tensor);
                return tensor;
              }

              @Override
              public boolean areTrained() {
                return true;
              }
            });
    return tensors;
  }
}
