package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convert} writes what {@code classify} would have to be told each time. */
class PictureOptionsTest {
  private static final String MODEL = "src/test/resources/faults/classify/sigmoid1.onnx";
  private static final String RED = "src/test/resources/faults/classify/red.png";

  @TempDir Path folder;
  private final CommandContract command = new CommandContract();

  @Test
  void theQuestionIsAskedOnce() throws IOException {
    Path labels =
        Files.write(folder.resolve("labels.txt"), List.of("a \"b\" \\, [c]", "dög, or hound"));
    String to = folder.resolve("told.onnx").toString();
    String[] convert = {
      "convert", MODEL, "--to", to, "--preprocess", "none,range=1", "--labels", "" + labels
    };
    assertThat(command.run(convert)).as(command.errors()).isZero();
    assertThat(command.run("classify", RED, "--model", to, "--device", "cpu", "--json")).isZero();
    JsonNode answer = command.json();
    assertThat(answer.at("/preprocess").asText()).contains("range=1");
    assertThat(answer.at("/results/0/predictions/0/label").asText()).isEqualTo("dög, or hound");
    assertThat(answer.at("/results/0/predictions/1/label").asText()).isEqualTo("a \"b\" \\, [c]");
    assertThat(answer.at("/results/0/predictions/0/probability").asDouble()).isBetween(0.57, 0.571);
    assertThat(answer.at("/assumed").toString()).doesNotContain("--");
  }

  @Test
  void whatDoesNotFitIsNotWritten() throws IOException {
    Path labels = Files.write(folder.resolve("labels.txt"), List.of("a", "b", "c"));
    Path to = folder.resolve("told.onnx");
    assertThat(command.run("convert", MODEL, "--to", "" + to, "--labels", "" + labels))
        .isEqualTo(1);
    assertThat(command.errors()).contains("labels.txt: 3 labels for the 2 classes");
    assertThat(command.run("convert", MODEL, "--to", "" + to, "--preprocess", "torhc"))
        .isEqualTo(2);
    assertThat(to).doesNotExist();
  }

  /** The words to complete are the presets that there are. */
  @Test
  void presetsAreCompletedAsTheyAreKnown() {
    String known = String.join(", ", new Words.Presets());
    assertThat(command.run("classify", RED, "--device", "cpu", "--preprocess", "zebra"))
        .isEqualTo(2);
    assertThat(command.errors()).contains("write a preset (" + known + "), then");
  }
}
