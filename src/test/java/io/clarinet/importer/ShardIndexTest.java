package io.clarinet.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Graph;
import io.clarinet.importer.pytorch.PyTorchWriter;
import io.clarinet.importer.safetensors.SafetensorsWriter;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIndexTest {
  private static final String FIRST = "model-00001-of-00002.safetensors";
  private static final String SECOND = "model-00002-of-00002.safetensors";
  private static final String NETWORK = "preact_resnet20";

  private final Map<String, Tensor> tensors = ZooTensors.of(NETWORK);
  @TempDir Path folder;

  /** The network's tensors, dealt out to two files. */
  @BeforeEach
  void write() throws IOException {
    List<Map<String, Tensor>> parts = parts();
    SafetensorsWriter.write(folder.resolve(FIRST), parts.get(0), Map.of());
    SafetensorsWriter.write(folder.resolve(SECOND), parts.get(1), Map.of());
    index("model.safetensors.index.json", FIRST, SECOND);
  }

  private List<Map<String, Tensor>> parts() {
    List<Map<String, Tensor>> parts = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
    int number = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      parts.get(number++ % 2).put(tensor.getKey(), tensor.getValue());
    }
    return parts;
  }

  private Path index(String name, String even, String odd) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String tensor : tensors.keySet()) {
      String file = entries.size() % 2 == 0 ? even : odd;
      entries.add("\"" + tensor + "\": \"" + file + "\"");
    }
    return Files.writeString(
        folder.resolve(name),
        "{\"metadata\": {\"total_size\": 1}, \"weight_map\": {"
            + String.join(", ", entries)
            + "}}");
  }

  private void requireRead(String file) {
    Graph graph = ModelFile.read(folder.resolve(file), ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", NETWORK);
    graph
        .constants()
        .forEach(
            (name, constant) ->
                assertThat(constant.tensor().toFloatArray())
                    .as(name)
                    .isEqualTo(tensors.get(name).toFloatArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors.index.json", FIRST, SECOND})
  void theWholeIsReadByItsIndexOrByAnyPart(String file) {
    requireRead(file);
  }

  @Test
  void partsOfPyTorchAreRead() throws IOException {
    String first = "pytorch_model-00001-of-00002.bin";
    String second = "pytorch_model-00002-of-00002.bin";
    Files.write(folder.resolve(first), PyTorchWriter.zip(parts().get(0)));
    Files.write(folder.resolve(second), PyTorchWriter.zip(parts().get(1)));
    index("pytorch_model.bin.index.json", first, second);
    requireRead("pytorch_model.bin.index.json");
  }

  private void requireRefused(String... reasons) {
    assertThatThrownBy(() -> requireRead("model.safetensors.index.json"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(reasons);
  }

  @Test
  void aPartThatIsMissingIsNamed() throws IOException {
    Files.delete(folder.resolve(SECOND));
    requireRefused(SECOND);
  }

  @Test
  void aTensorThatIsNotWhereTheIndexSaysIsNamed() throws IOException {
    index("model.safetensors.index.json", SECOND, FIRST);
    requireRefused("is not in " + SECOND, "where the index says");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../" + FIRST, "/etc/" + FIRST, "passwd", "a\\\\" + FIRST})
  void filesElsewhereAreNotOpened(String file) throws IOException {
    index("model.safetensors.index.json", file, SECOND);
    requireRefused("is no file of weights beside it");
  }

  @ParameterizedTest
  @CsvSource({"'{', no sound JSON", "'[]', weight_map", "'{\"weight_map\": {}}', weight_map"})
  void anIndexThatIsNoneIsRefused(String text, String reason) throws IOException {
    Files.writeString(folder.resolve("model.safetensors.index.json"), text);
    requireRefused(reason);
  }

  @Test
  void aPartWithoutItsIndexSaysSo() throws IOException {
    Files.delete(folder.resolve("model.safetensors.index.json"));
    assertThatThrownBy(() -> requireRead(FIRST))
        .hasMessageContaining("index model.safetensors.index.json is not beside it");
  }
}
