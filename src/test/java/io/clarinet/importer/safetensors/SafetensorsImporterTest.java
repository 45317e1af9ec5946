package io.clarinet.importer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Graph;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ZooTensors;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsImporterTest {
  private static final String NETWORK = "preact_resnet20";

  @TempDir Path folder;

  @Test
  void theMetadataNameTheArchitectureAndOverrideItsOwn() throws IOException {
    Path file = write(Map.of("architecture", NETWORK, "labels", "a,b", "preprocess", "tf"));
    Graph graph = SafetensorsImporter.read(file, ImportOptions.DEFAULT);
    assertThat(graph.metadata())
        .containsEntry("architecture", NETWORK)
        .containsEntry("labels", "a,b")
        .containsEntry("preprocess", "tf")
        .doesNotContainKey("weights");
  }

  @Test
  void withoutANameTheArchitectureIsInferredFromTheTensors() throws IOException {
    Graph graph = SafetensorsImporter.read(write(Map.of()), ImportOptions.DEFAULT);
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
  void moreMemoryThanAllowedIsRefused() throws IOException {
    Path file = write(Map.of());
    long bytes = tensors().values().stream().mapToLong(t -> 4 * t.shape().size()).sum();
    SafetensorsImporter.read(file, ImportOptions.DEFAULT.with(new Limits(bytes)));
    assertThatThrownBy(
            () -> SafetensorsImporter.read(file, ImportOptions.DEFAULT.with(new Limits(bytes - 1))))
        .hasMessageContaining("--max-memory")
        .extracting(e -> ((ModelFormatException) e).kind())
        .isEqualTo(ModelFormatException.Kind.MEMORY);
  }

  private Path write(Map<String, String> metadata) throws IOException {
    return SafetensorsWriter.write(folder.resolve("a.safetensors"), tensors(), metadata);
  }

  private static Map<String, Tensor> tensors() {
    return ZooTensors.of(NETWORK);
  }
}
