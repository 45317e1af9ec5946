package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.importer.onnx.ModelWriter;
import io.clarinet.importer.onnx.proto.WireWriter;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  @TempDir Path folder;

  /** A case of one operator from x = (-1, 2) to y. */
  private Path add(String name, String operator, float... y) throws IOException {
    Path set = Files.createDirectories(folder.resolve(name).resolve("test_data_set_0"));
    Path model =
        new ModelWriter(13)
            .input("x", 2)
            .node(operator, "y", List.of("x"))
            .output("y")
            .write(folder);
    Files.move(model, folder.resolve(name).resolve("model.onnx"));
    write(set.resolve("input_0.pb"), "x", -1, 2);
    write(set.resolve("output_0.pb"), "y", y);
    return folder.resolve(name);
  }

  private static void write(Path file, String name, float... values) throws IOException {
    Tensor tensor = Tensor.of(Shape.of(values.length), values);
    Files.write(file, WireWriter.bytes(ModelWriter.proto(name, tensor)));
  }

  @Test
  void eachCaseIsNamedWithWhatBecameOfIt() throws IOException {
    add("right", "Relu", 0, 2);
    add("wrong", "Relu", 0, 3);
    add("foreign", "Fourier", 0, 2);
    assertThat(run("--json", folder.toString())).isEqualTo(1);
    JsonNode document = new ObjectMapper().readTree(out.toByteArray());
    assertThat(document.at("/passed/0").asText()).isEqualTo("right");
    assertThat(document.at("/failed/0/name").asText()).isEqualTo("wrong");
    assertThat(document.at("/failed/0/reason").asText()).contains("element 1 is 2.0, not 3.0");
    assertThat(document.at("/unsupported/0/name").asText()).isEqualTo("foreign");
    assertThat(document.at("/unsupported/0/operators/0").asText()).isEqualTo("Fourier");
  }

  @Test
  void whatIsNotSupportedIsNoFailure() throws IOException {
    add("right", "Relu", 0, 2);
    add("foreign", "Fourier", 0, 2);
    assertThat(run(folder.toString())).isZero();
    assertThat(text(out)).contains("passed       right", "foreign: [Fourier]", "1 passed, 0 fail");
  }

  @Test
  void archivesAreUnpacked() throws Exception {
    add("right", "Relu", 0, 2);
    Path archive = folder.resolve("cases.tar.gz");
    Process tar =
        new ProcessBuilder("tar", "czf", archive.toString(), "-C", folder.toString(), "right")
            .start();
    assertThat(tar.waitFor()).isZero();
    assertThat(run(archive.toString())).isZero();
    assertThat(text(out)).contains("1 passed");
  }

  @Test
  void aBrokenArchiveOrAMissingFolderIsOneClearError() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.tar.gz"), "no archive");
    assertThat(run(broken.toString())).isEqualTo(1);
    assertThat(run(folder.resolve("nowhere").toString())).isEqualTo(1);
    assertThat(text(errors)).contains("there is no file").contains("nowhere");
    Files.delete(broken);
    assertThat(run(folder.toString())).isEqualTo(1);
    assertThat(text(errors)).contains("there are no test cases");
  }

  @Test
  void withoutAFolderTheUsageIsWrong() {
    assertThat(run()).isEqualTo(2);
  }

  private int run(String... places) {
    String[] arguments = new String[places.length + 3];
    arguments[0] = "conformance";
    arguments[1] = "--device";
    arguments[2] = "cpu";
    System.arraycopy(places, 0, arguments, 3, places.length);
    return Main.run(new Console(out, errors), arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
