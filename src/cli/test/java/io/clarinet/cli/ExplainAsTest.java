package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain --as}: plans for devices that are not here. */
class ExplainAsTest {
  @TempDir Path folder;
  private final CommandContract command = new CommandContract();

  private int explain(String... options) throws IOException {
    String network = CommandContract.network(folder).toString();
    List<String> all = new ArrayList<>(List.of("explain", network));
    all.addAll(List.of(options));
    return command.run(all.toArray(String[]::new));
  }

  @Test
  void eachStepSaysWhatBindsItAndHowItFillsTheDevice() throws IOException {
    assertThat(explain("--as", "H100", "--batch", "8", "--json")).isZero();
    JsonNode document = command.json();
    assertThat(document.get("device").asText()).startsWith("NVIDIA H100");
    assertThat(document.get("predicted_ms").asDouble()).isPositive();
    for (JsonNode step : document.get("steps")) {
      assertThat(step.get("output").asText()).startsWith("8x");
      assertThat(step.get("predicted_ms").asDouble()).isPositive();
      assertThat(step.has("measured_ms")).isFalse();
      assertThat(step.get("bound").asText()).isIn("arithmetic", "memory", "launch");
      assertThat(step.get("launches").asInt()).isPositive();
      assertThat(step.get("groups").asDouble() / 132)
          .isEqualTo(step.get("groups_per_unit").asDouble());
    }
  }

  @Test
  void peopleReadItInTheTable() throws IOException {
    assertThat(explain("--as", "uhd630")).isZero();
    assertThat(command.text())
        .contains("on Intel UHD Graphics 630", "bound by", "groups", "a unit")
        .contains("peak 440 GFLOPS, memory 42 GB/s (assumed, not measured)");
  }

  @Test
  void aNameThatIsUnknownIsToldWithThoseThatAreNear() throws IOException {
    assertThat(explain("--as", "rtx4090")).isEqualTo(1);
    assertThat(command.errors())
        .contains("no device profile is called \"rtx4090\"; near it are \"rtx3090\", \"rtx4060\"")
        .hasLineCount(1);
  }

  @Test
  void whatRunsNothingNeitherMeasuresNorTakesADevice() throws IOException {
    assertThat(explain("--as", "m1", "--measure")).isEqualTo(2);
    assertThat(explain("--as", "m1", "--device", "cpu")).isEqualTo(2);
    assertThat(command.errors()).contains("neither --device nor --measure");
    assertThat(explain("--as", "m1", "--no-measure")).isZero();
  }
}
