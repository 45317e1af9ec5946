package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every failure is one line that names the file and the reason, or one JSON document. */
class FailureTest {
  private static final Path FAULTS = Path.of("src/test/resources/faults");

  @TempDir Path folder;
  private final CommandContract command = new CommandContract();

  static Stream<Throwable> errors() {
    return Stream.of(
        new OutOfMemoryError("Java heap space"),
        new StackOverflowError(),
        new InternalError("a fault occurred in an unsafe memory access operation"),
        new NoClassDefFoundError("org/jocl/CL"),
        new IllegalStateException("two\nlines \u001b[2J"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void whateverIsThrownIsOneLineOrOneDocument(Throwable thrown) {
    Throwing out = new Throwing(thrown);
    assertThat(command.runInto(out, "zoo")).isEqualTo(1);
    assertThat(command.errors()).startsWith("clarinet: ").hasLineCount(1).doesNotContain("\u001b");
    out = new Throwing(thrown);
    assertThat(command.runInto(out, "zoo", "--json")).isEqualTo(1);
    assertThat(out.bytes.toString(StandardCharsets.UTF_8)).contains("\"kind\" : \"");
    assertThat(command.errors()).isEmpty();
  }

  @Test
  void errorsAreOfAKind() {
    assertThat(errors().map(Failure::of).map(Failure::kind))
        .containsExactly("memory", "internal", "io", "internal", "internal");
  }

  /** Takes bytes, but for the first time. */
  private static final class Throwing extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Throwable thrown;

    Throwing(Throwable thrown) {
      this.thrown = thrown;
    }

    @Override
    public void write(int b) {
      Throwable now = thrown;
      thrown = null;
      if (now instanceof Error e) {
        throw e;
      }
      if (now instanceof RuntimeException e) {
        throw e;
      }
      bytes.write(b);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fault-npy-escape.npy | invalid_file | its header is not one of",
        "no.npy | not_found | no.npy: no such file",
        ". | io | it is a folder",
        "fault-x-1x4.npy | invalid_file | does not accept",
        "nosuch=x.npy | usage | no input 'nosuch'; its inputs are [x: FLOAT32",
        "README.md | invalid_file | it is no .npy file"
      })
  void inputsThatCannotBeRead(String input, String kind, String reason) throws IOException {
    Path model = FAULTS.resolve("views-two-reshapes");
    String[] arguments = {
      "run",
      model.resolve("model.onnx").toString(),
      "--input",
      input.contains("=") ? input : FAULTS.resolve(input).toString(),
      "--output",
      folder.toString(),
      "--device",
      "cpu",
      "--json"
    };
    assertThat(command.run(arguments)).isEqualTo(kind.equals("usage") ? 2 : 1);
    assertThat(command.json().at("/error/kind").asText()).as(command.text()).isEqualTo(kind);
    assertThat(command.json().at("/error/message").asText()).contains(reason).hasLineCount(1);
  }

  @Test
  void damagedTensorsAndArchivesAreInvalid() throws IOException {
    Path pb = Files.write(folder.resolve("a.pb"), new byte[] {10, 127, 1});
    assertInvalid(
        "not an ONNX tensor", "run", model(), "--input", pb + "", "--output", folder + "");
    Path archive = FAULTS.resolve("fault-trunc.tar.gz");
    assertInvalid("fault-trunc.tar.gz: no whole .tar.gz archive", "conformance", archive + "");
  }

  private static String model() {
    return FAULTS.resolve("views-two-reshapes/model.onnx").toString();
  }

  private void assertInvalid(String reason, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--device", "cpu", "--json"));
    assertThat(command.run(all.toArray(String[]::new))).isEqualTo(1);
    assertThat(command.json().at("/error/kind").asText()).isEqualTo("invalid_file");
    assertThat(command.json().at("/error/message").asText()).contains(reason).hasLineCount(1);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "these devices are Linux's")
  void aDeviceIsNoModel() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a.onnx"), Path.of("/dev/zero"));
    assertThat(command.run("explain", link.toString(), "--device", "cpu", "--json")).isEqualTo(1);
    assertThat(command.json().at("/error/kind").asText()).isEqualTo("io");
    assertThat(command.text()).contains("it is a pipe or a device");
  }

  @Test
  void aFailedRunNamesNodeAndModel() throws IOException {
    assertInvalid(
        "node \"",
        "run",
        FAULTS.resolve("fault-gather-index.onnx").toString(),
        "--input",
        FAULTS.resolve("fault-gather-index-x.npy").toString(),
        "--input",
        FAULTS.resolve("fault-gather-index-i.npy").toString(),
        "--output",
        folder.toString());
    assertThat(command.text()).contains("(Gather): index 7 is outside of 5");
  }

  @Test
  void integersAsWeightsAreRefusedByName() throws IOException {
    String model = FAULTS.resolve("fault-conv-int8-weight.onnx").toString();
    assertInvalid("(Conv2d): input 1 is INT8, not FLOAT32", "explain", model);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain x --batch 0",
        "profile x --batch -1",
        "profile x --rounds 0",
        "verify x --batch 0",
        "verify x --tolerance NaN",
        "bench --batch 0",
        "bench --batch 1,0",
        "bench --rounds 0",
        "explain x --max-memory 0",
        "explain x --max-memory 999999999T",
        "classify x --top 0",
        "classify x --batch 0"
      })
  void numbersThatMakeNoSenseAreWrongUsage(String line) {
    assertThat(command.run(line.split(" "))).as(command.errors()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain resnet5O | no such file, and the zoo has no \"resnet5O\"; near it is \"resnet50\"",
        "explain squeezenet1.l | near it is \"squeezenet1.1\"",
        "explain resnet-18:64x64 | \"resnet-18\"; near it is \"resnet18\"",
        "explain resnet18:big | as in resnet18:64x64:10, and not by \":big\"",
        "explain zebra | the zoo has no \"zebra\", only [alexnet, ",
        "explain resnet18 --device cpo | near it is \"cpu\"",
        "profile resnet18 --sort tmie | near it is \"time\"",
        "profile resnet18 --weights fp61 | near it is \"fp16\"",
        "explain resnet18 --bn inferenc | near it is \"inference\"",
        "classify a.png --preprocess torch,rezise=3 | no setting; near it is \"resize\"",
        "clasify a.png | classify",
        "classify a.png --modle b | --model"
      })
  void whatIsMistypedIsToldWhatIsNear(String line, String near) {
    assertThat(command.run(line.split(" "))).isPositive();
    assertThat(command.errors()).contains(near);
  }
}
