package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.RequiresOpenCl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresOpenCl
class VerifyCommandTest {
  @TempDir Path folder;
  private final CommandContract command = new CommandContract();

  @Test
  void everyLayerOfTheExactNetworkIsNearTheReference() throws IOException {
    assertThat(errors(0)).allSatisfy((layer, error) -> assertThat(error).isLessThan(1e-5));
  }

  @Test
  void halfWeightsShowTheirErrorWhereTheyAreUsed() throws IOException {
    Map<String, Double> errors = errors(0, "--weights", "fp16");
    assertThat(errors.get("dense")).isBetween(1e-5, 1e-3);
    errors.forEach(
        (layer, error) -> {
          if (!layer.equals("dense") && !layer.equals("softmax")) {
            assertThat(error).as(layer).isLessThan(1e-5);
          }
        });
  }

  @Test
  void beyondTheToleranceTheCommandFails() throws IOException {
    errors(1, "--weights", "fp16", "--tolerance", "1e-6");
    assertThat(command.json().get("passed").asBoolean()).isFalse();
  }

  @Test
  void tellsTheLayersInWhichANanSpreads() throws IOException {
    errors(0);
    List<String> spread = new ArrayList<>();
    for (JsonNode layer : command.json().get("layers")) {
      int tile = layer.get("nan_tile").asInt();
      String kernel = layer.get("kernel").asText();
      assertThat(kernel.matches("conv2d_winograd.*_f" + tile)).as(kernel).isEqualTo(tile > 1);
      if (tile > 1) {
        spread.add(layer.get("node").asText());
      }
    }
    String model = CommandContract.network(folder).toString();
    assertThat(command.run("verify", "--device", "opencl", model)).isZero();
    assertThat(command.text().contains("outputs NaN: " + String.join(", ", spread)))
        .isEqualTo(!spread.isEmpty());
  }

  private Map<String, Double> errors(int status, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("verify", "--json", "--device", "opencl"));
    arguments.add(CommandContract.network(folder).toString());
    arguments.addAll(List.of(options));
    assertThat(command.run(arguments.toArray(String[]::new))).isEqualTo(status);
    Map<String, Double> errors = new HashMap<>();
    for (JsonNode layer : command.json().get("layers")) {
      errors.put(layer.get("node").asText(), layer.get("relative_error").asDouble());
    }
    assertThat(errors).containsKey("dense");
    return errors;
  }
}
