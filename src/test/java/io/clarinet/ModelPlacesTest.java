package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPlacesTest {
  private static final Path FAULTS = Path.of("src/test/resources/faults");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"views-two-reshapes/model.onnx", "keras-tutorial-binary/model.h5"})
  void modelsLoadFromAZip(String name) throws IOException {
    Path file = FAULTS.resolve(name);
    Model model = Model.load(file);
    try (FileSystem zip =
        FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
      Path inside = Files.copy(file, zip.getPath("/" + file.getFileName()));
      Model zipped = Model.load(inside);
      assertThat(zipped.graph().nodes()).isEqualTo(model.graph().nodes());
      zipped
          .graph()
          .constants()
          .forEach(
              (value, constant) -> {
                Tensor expected = model.graph().constants().get(value).tensor();
                assertThat(constant.tensor().bytes()).isEqualTo(expected.bytes());
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"C:\\models\\a.onnx", "a.onnx", "models/a", "./a", "D:a.h5"})
  void somePathsAreSeenByTheirText(String text) {
    assertThat(Model.isPath(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18:64x64:10", "resnet99", "no:such\0path"})
  void namesOfTheZooAreNoPaths(String text) {
    assertThat(Model.isPath(text)).isFalse();
  }

  /** Where colons are forbidden in paths, as NUL is everywhere, a wrong name is still only that. */
  @Test
  void aNameThatIsNoPathIsNotFound() {
    assertThatThrownBy(() -> Model.of("resnet18:\0", ImportOptions.DEFAULT))
        .isInstanceOfSatisfying(
            ModelFormatException.class,
            e -> assertThat(e.kind()).isEqualTo(ModelFormatException.Kind.NOT_FOUND))
        .hasMessageContaining("no such file, and resnet18 may be followed by");
  }

  @Test
  void anInterruptedLoadSaysSo() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Model.load(FAULTS.resolve("views-two-reshapes/model.onnx")))
        .isInstanceOfSatisfying(
            ModelFormatException.class,
            e -> assertThat(e.kind()).isEqualTo(ModelFormatException.Kind.INTERRUPTED))
        .hasMessageEndingWith("model.onnx: interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
