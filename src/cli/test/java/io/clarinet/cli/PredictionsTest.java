package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.Model;
import io.clarinet.SessionOptions;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.jvm.JvmProfile;
import io.clarinet.kernel.profile.ProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Predicted times beside those that were measured on two cores, for ten networks through PoCL and
 * the JVM. What was measured, and the profile that the device had then, are files of a folder for
 * each kind of core; performance.md has the command that writes them. Predictions and kept
 * calibrations are of a machine that does nothing else, so they are compared with the fastest run.
 */
class PredictionsTest {
  private static final Path FOLDER = Path.of("src/cli/test/resources/io/clarinet/cli/predictions");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What {@code auto} asks of the JVM's prediction before it leaves OpenCL. */
  private static final double WORTH = 1.5;

  @TempDir Path folder;

  /** The fastest runs in milliseconds by network, of a device. */
  private static Map<String, Double> measured(Path cores, String device) throws IOException {
    Path file = cores.resolve(device + "-times.json");
    Map<String, Double> times = new LinkedHashMap<>();
    for (JsonNode result : JSON.readTree(file.toFile()).get("results")) {
      assertThat(result.get("batch").asInt()).isEqualTo(1);
      times.put(result.get("model").asText(), result.get("fastest_ms").asDouble());
    }
    return times;
  }

  private static double predicted(String network, Path profile) throws IOException {
    Model model = Model.zoo(network);
    return model
            .explain(profile.toString(), SessionOptions.EXACT, ModelOptions.shapes(model, 1))
            .predictedSeconds()
        * 1e3;
  }

  /** Folders of the kinds of cores that were measured. */
  private static List<Path> cores() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<Path> cores = folders.sorted().toList();
      assertThat(cores).isNotEmpty();
      return cores;
    }
  }

  @ParameterizedTest
  @CsvSource({"opencl, 1.5", "cpu, 2"})
  void predictionsAreNearWhatWasMeasured(String device, double factor) throws IOException {
    for (Path cores : cores()) {
      Map<String, Double> measured = measured(cores, device);
      assertThat(measured).hasSize(10);
      for (Map.Entry<String, Double> network : measured.entrySet()) {
        double ms = predicted(network.getKey(), cores.resolve(device + ".json"));
        assertThat(network.getValue() / ms)
            .as("%s of %s: times what was predicted", network.getKey(), cores.getFileName())
            .isBetween(1 / factor, factor);
      }
    }
  }

  /** As {@code auto} compares them: both by the speed that OpenCL was measured at. */
  @Test
  void autoTakesWhatWasFaster() throws IOException {
    for (Path cores : cores()) {
      Path openCl = cores.resolve("opencl.json");
      DeviceProfile onJvm = JvmProfile.on(ProfileFile.read(openCl).device(), 16);
      Path jvm = folder.resolve("jvm.json");
      new ProfileFile(List.of("the same cores"), onJvm).write(jvm);
      Map<String, Double> byJvm = measured(cores, "cpu");
      for (Map.Entry<String, Double> byOpenCl : measured(cores, "opencl").entrySet()) {
        String network = byOpenCl.getKey();
        boolean takesJvm = predicted(network, jvm) < predicted(network, openCl) / WORTH;
        double other = Objects.requireNonNull(byJvm.get(network));
        double taken = takesJvm ? other : byOpenCl.getValue();
        assertThat(taken).as(network).isLessThan(WORTH * Math.min(other, byOpenCl.getValue()));
      }
    }
  }
}
