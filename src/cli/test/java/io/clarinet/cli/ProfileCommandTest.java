package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.RequiresOpenCl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresOpenCl
class ProfileCommandTest {
  private static final double STEM = 2.0 * 64 * 3 * 9 * 56 * 56;
  private static final double CONV = 2.0 * 64 * 64 * 9 * 56 * 56;
  private static final double LAST = 2.0 * 64 * 64 * 9 * 28 * 28;
  private static final double DENSE = 2.0 * 64 * 28 * 28 * 10;

  @TempDir Path folder;
  private final CommandContract command = new CommandContract();

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void everyStepSaysWhatItDoesAndWhatItTakes(String device) throws IOException {
    JsonNode document = profile(device, "--batch", "3");
    double flops = 0;
    double milliseconds = 0;
    for (JsonNode step : document.get("steps")) {
      assertThat(step.get("median_ms").asDouble()).isPositive();
      assertThat(step.get("bytes").asLong()).isPositive();
      assertThat(step.get("share").asDouble()).isPositive();
      assertThat(step.get("algorithm_flops").asDouble())
          .isLessThanOrEqualTo(step.get("flops").asDouble());
      flops += step.get("flops").asDouble();
      milliseconds += step.get("median_ms").asDouble();
    }
    assertThat(flops).isEqualTo(3 * (STEM + CONV + LAST + DENSE));
    assertThat(document.get("gflop").asDouble()).isCloseTo(flops * 1e-9, within(1e-9));
    assertThat(document.get("total_ms").asDouble()).isCloseTo(milliseconds, within(1e-9));
    assertThat(document.get("floor_ms").asDouble()).isPositive();
    JsonNode present = document.get("present_speed");
    double peak = present.get("peak_gflops").asDouble();
    assertThat(peak)
        .isBetween(
            present.get("peak_low_gflops").asDouble(), present.get("peak_high_gflops").asDouble());
    for (JsonNode step : document.get("steps")) {
      boolean compute = step.get("bound").asText().equals("compute");
      double best = present.get(compute ? "peak_gflops" : "bandwidth_gb_per_second").asDouble();
      double amount = step.get(compute ? "algorithm_flops" : "bytes").asDouble();
      double share = amount / step.get("median_ms").asDouble() * 1e-6 / best;
      assertThat(step.get("share").asDouble()).isCloseTo(share, withinPercentage(1e-6));
    }
    assertThat(document.get("share").asDouble())
        .isCloseTo(document.get("floor_ms").asDouble() / milliseconds, withinPercentage(1e-6));
  }

  @Test
  void theTextNamesEveryStepAndTheFloor() throws IOException {
    String file = CommandContract.network(folder).toString();
    assertThat(command.run("profile", file, "--device", "opencl", "--rounds", "2")).isZero();
    assertThat(command.text())
        .contains("stem", "conv", "pool", "last", "dense", "softmax", "physical floor")
        .containsPattern("beside the runs it did \\d+ GFLOPS \\(\\d+ to \\d+\\) and \\d+ GB/s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void aTraceHoldsEveryStepInOrderBetweenUploadAndDownload(String device) throws IOException {
    Path file = folder.resolve("trace.json");
    JsonNode document = profile(device, "--trace", file.toString());
    List<JsonNode> events = new ArrayList<>();
    for (JsonNode event : new ObjectMapper().readTree(file.toFile()).get("traceEvents")) {
      if (event.get("ph").asText().equals("X")) {
        events.add(event);
      }
    }
    assertThat(events.get(0).get("cat").asText()).isEqualTo("upload");
    assertThat(events.get(events.size() - 1).get("cat").asText()).isEqualTo("download");
    List<String> nodes = new ArrayList<>();
    for (int i = 1; i < events.size() - 1; i++) {
      JsonNode event = events.get(i);
      assertThat(event.get("dur").asDouble()).isPositive();
      assertThat(event.get("ts").asDouble()).isGreaterThan(events.get(i - 1).get("ts").asDouble());
      String node = event.get("name").asText();
      if (nodes.isEmpty() || !nodes.get(nodes.size() - 1).equals(node)) {
        nodes.add(node);
      }
    }
    List<String> steps = new ArrayList<>();
    document.get("steps").forEach(step -> steps.add(step.get("node").asText()));
    assertThat(nodes).isEqualTo(steps);
  }

  @Test
  void noRoundIsWrongUsage() throws IOException {
    String file = CommandContract.network(folder).toString();
    assertThat(command.run("profile", file, "--device", "cpu", "--rounds", "0")).isEqualTo(2);
  }

  private JsonNode profile(String device, String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "profile",
                CommandContract.network(folder).toString(),
                "--json",
                "--rounds",
                "2",
                "--device",
                device));
    arguments.addAll(List.of(options));
    assertThat(command.run(arguments.toArray(String[]::new))).as(command.errors()).isZero();
    return command.json();
  }
}
