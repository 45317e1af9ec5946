package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.TensorFile;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is started: its exit status, its results on standard output alone. */
class MainTest {
  /** The launcher's preparation before it becomes the JVM: results go to descriptor 0. */
  private static final String HANDED_OVER = "exec 0>&1 1>&2; CLARINET_STDOUT_FD=0 exec \"$@\"";

  @TempDir Path folder;

  /** The end of the program. */
  private record Result(int status, String out, String err) {

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  private Result clarinet(String... arguments) throws IOException, InterruptedException {
    return clarinet(List.of(), arguments);
  }

  private Result clarinet(List<String> before, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int status =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Result(status, Files.readString(out), Files.readString(err));
  }

  @Test
  void whatConvertWritesRunRuns() throws Exception {
    Path model = folder.resolve("model.onnx");
    Result converted = clarinet("convert", "cifar_resnet20", "--to", model.toString());
    assertThat(converted.status()).as(converted.err()).isZero();
    assertThat(converted.out()).startsWith(model + ": ").endsWith(" bytes\n").hasLineCount(1);

    Path input = folder.resolve("x.npy");
    TensorFile.write(input, Tensor.zeros(Shape.of(2, 3, 32, 32)));
    String[] run = {"run", model.toString(), "--input", input.toString(), "--device", "cpu"};
    Result ran = clarinet(with(run, "--json", "--output", folder.resolve("results").toString()));
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.json().get("device").asText()).startsWith("cpu");
    Path result = Path.of(ran.json().get("outputs").elements().next().asText());
    assertThat(TensorFile.read(result).shape()).isEqualTo(Shape.of(2, 10));
  }

  private static String[] with(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void resultsGoWhereTheLauncherHandsThemOver() throws Exception {
    List<String> before = List.of("/bin/sh", "-c", HANDED_OVER, "sh");
    Result result = clarinet(before, "devices", "--json", "--device", "cpu");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.json().get("default").asText()).isEqualTo("cpu");
    assertThat(result.json().get("devices").findValuesAsText("id")).contains("cpu");
  }

  @Test
  void aListIsReadWhereTheLauncherHandsItOver() throws Exception {
    String piped =
        "echo nosuch.png | { exec 3<&0; export CLARINET_STDIN_FD=3; " + HANDED_OVER + "; }";
    List<String> before = List.of("/bin/sh", "-c", piped, "sh");
    Result result = clarinet(before, "classify", "--quiet", "--device", "cpu", "-");
    assertThat(result.err()).contains("nosuch.png: no such file");
    assertThat(result.out()).isEqualTo("error: not_found\n");
  }

  @Test
  void zooListsArchitecturesALine() throws Exception {
    Result result = clarinet("zoo");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .anyMatch(line -> line.startsWith("resnet50 ") && line.contains(" 25,557,032 "))
        .allMatch(line -> line.matches("\\S+ +(\\d+x\\d+x\\d+|input) .*"));
  }

  @Test
  void failuresAreOneLineOnStandardErrorAndAStatus() throws Exception {
    String missing = folder.resolve("missing.onnx").toString();
    Result failed = clarinet("convert", missing, "--to", folder.resolve("a.onnx").toString());
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).startsWith("clarinet: ").contains(missing).hasLineCount(1);

    Result wrong = clarinet("run", missing, "--json");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.json().get("error").get("kind").asText()).isEqualTo("usage");
  }
}
