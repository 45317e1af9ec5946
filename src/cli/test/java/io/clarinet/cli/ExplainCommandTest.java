package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.RequiresOpenCl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresOpenCl
class ExplainCommandTest {
  @TempDir Path folder;
  private final CommandContract command = new CommandContract();

  @Test
  void measuredTimeStandsBesidePredictedTime() throws IOException {
    for (JsonNode step : steps().values()) {
      assertThat(step.get("predicted_ms").asDouble()).isPositive();
      assertThat(step.get("measured_ms").asDouble()).isPositive();
    }
  }

  @Test
  void whoDoesNotWantToMeasureNeedNot() throws IOException {
    for (JsonNode step : steps("--no-measure").values()) {
      assertThat(step.has("measured_ms")).isFalse();
    }
  }

  @Test
  void expandedWeightsSayWhatTheyBuy() throws IOException {
    JsonNode conv = steps("--no-measure").get("conv");
    assertThat(conv.get("kernel").asText()).startsWith("conv2d_winograd");
    assertThat(conv.at("/expansion/times").asDouble())
        .isCloseTo(conv.get("packed_bytes").asDouble() / (64 * 64 * 9 * 4), within(0.01));
    assertThat(conv.at("/expansion/saved_ms").asDouble()).isPositive();
    assertThat(conv.at("/expansion/instead_of").asText()).isEqualTo("conv2d_direct");
  }

  @Test
  void whatIsNotExpandedClaimsNothing() throws IOException {
    assertThat(steps("--no-measure").get("softmax").has("expansion")).isFalse();
  }

  private Map<String, JsonNode> steps(String... options) throws IOException {
    String file = CommandContract.network(folder).toString();
    String option = options.length == 0 ? "--measure" : options[0];
    assertThat(command.run("explain", file, "--json", "--device", "opencl", option)).isZero();
    Map<String, JsonNode> steps = new HashMap<>();
    command.json().get("steps").forEach(step -> steps.put(step.get("node").asText(), step));
    assertThat(steps).isNotEmpty();
    return steps;
  }
}
