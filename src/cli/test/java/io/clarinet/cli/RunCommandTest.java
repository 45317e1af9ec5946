package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.TensorFile;
import io.clarinet.TestTensors;
import io.clarinet.importer.onnx.ModelWriter;
import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
  private static final Path FAULTS = Path.of("src/test/resources/faults");

  @TempDir Path folder;
  private final CommandContract command = new CommandContract();

  @ParameterizedTest
  @ValueSource(strings = {"output-names", "names-collide"})
  void everyOutputHasItsOwnFile(String name) throws IOException {
    Path fault = FAULTS.resolve(name);
    List<String> arguments =
        new ArrayList<>(List.of("run", fault.resolve("model.onnx").toString(), "--device", "cpu"));
    for (String input : Files.readAllLines(fault.resolve("inputs.txt"))) {
      int file = input.indexOf('=') + 1;
      arguments.add("--input");
      arguments.add(input.substring(0, file) + fault.resolve(input.substring(file)));
    }
    arguments.addAll(List.of("--output", folder.toString(), "--json"));
    assertThat(command.run(arguments.toArray(String[]::new))).as(command.errors()).isZero();
    Set<String> files = new LinkedHashSet<>();
    for (JsonNode file : command.json().get("outputs")) {
      Tensor expected = TensorFile.read(fault.resolve("ref_" + files.size() + ".npy"));
      assertThat(files.add(file.asText())).isTrue();
      Tensor found = TensorFile.read(Path.of(file.asText()));
      assertThat(TestTensors.relativeError(found, expected)).isLessThan(1e-5);
    }
    assertThat(files).hasSize(name.equals("output-names") ? 4 : 1);
  }

  @Test
  void outputsThatDifferInOddCharactersAreBothKept() {
    assertThat(run("fault-outputs-collide.onnx", "fault-x-1x4.npy")).as(command.errors()).isZero();
    assertThat(command.text()).contains("a/b: ", "a%2Fb.npy", "a_b: ", "a_b.npy");
  }

  /** A network of halves takes float32 numbers too, and answers in halves; NumPy's, if it can. */
  @ParameterizedTest
  @CsvSource({"FLOAT16, FLOAT16", "BFLOAT16, FLOAT32", "DOUBLE, FLOAT64"})
  void numbersAreOfTheModelsType(DataType declared, ElementType written) throws IOException {
    Path model =
        new ModelWriter(17)
            .input("x", declared, 3)
            .node("Neg", "y", List.of("x"))
            .output("y", declared)
            .write(folder);
    Tensor x = Tensor.of(Shape.of(3), 0.5f, -70000, 3);
    TensorFile.write(folder.resolve("x.npy"), x);
    assertThat(run(model.toString(), folder.resolve("x.npy").toString())).isZero();
    Tensor y = TensorFile.read(folder.resolve("y.npy"));
    assertThat(y.type()).isEqualTo(written);
    double overflown = declared == DataType.FLOAT16 ? Double.POSITIVE_INFINITY : 70000;
    assertThat(y.doubleAt(0)).isEqualTo(-0.5);
    assertThat(y.doubleAt(1)).isCloseTo(overflown, Percentage.withPercentage(0.4));
  }

  /** What comes after the value need not be known. */
  @Test
  void aModelEndsWhereItIsToldTo() throws IOException {
    Tensor x = Tensor.of(Shape.of(1, 2), 3, -4);
    TensorFile.write(folder.resolve("x.npy"), x);
    Path model =
        new ModelWriter(13)
            .input("x", 1, 2)
            .node("Neg", "scores", List.of("x"))
            .call("ai.onnx.ml", "ZipMap", "map", List.of("scores"))
            .output("map")
            .write(folder);
    List<String> arguments =
        List.of(
            "run",
            model.toString(),
            "--device",
            "cpu",
            "--input",
            folder.resolve("x.npy").toString(),
            "--output",
            folder.toString());
    assertThat(command.run(arguments.toArray(String[]::new))).isEqualTo(1);
    assertThat(command.errors()).contains("ai.onnx.ml.ZipMap");
    List<String> ended = new ArrayList<>(arguments);
    ended.addAll(List.of("--output-value", "scores"));
    assertThat(command.run(ended.toArray(String[]::new))).as(command.errors()).isZero();
    Tensor found = TensorFile.read(folder.resolve("scores.npy"));
    assertThat(found.toFloatArray()).containsExactly(-3, 4);
    ended.set(ended.size() - 1, "score");
    assertThat(command.run(ended.toArray(String[]::new))).isEqualTo(1);
    assertThat(command.errors()).contains("it has no value \"score\"", "scores");
  }

  @Test
  void resultsThatDoNotArriveAreAFailure() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThat(command.runInto(full, "zoo")).isEqualTo(1);
    assertThat(command.errors())
        .isEqualTo("clarinet: cannot write standard output: No space left on device\n");
  }

  private int run(String model, String... inputs) {
    List<String> arguments =
        new ArrayList<>(List.of("run", FAULTS.resolve(model).toString(), "--device", "cpu"));
    for (String input : inputs) {
      arguments.addAll(List.of("--input", FAULTS.resolve(input).toString()));
    }
    arguments.addAll(List.of("--output", folder.toString()));
    return command.run(arguments.toArray(String[]::new));
  }
}
