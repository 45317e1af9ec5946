package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.report.DeviceSpeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchReportTest {
  private static final PresentSpeed SPEED =
      new PresentSpeed(new DeviceSpeed(290e9, 33e9), 154e9, 349e9);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thePageNeedsNothingElseAndHoldsEveryFigure(boolean paired) throws IOException {
    BenchResult.Peer peer =
        new BenchResult.Peer("peer 1.2", 31.25, 30, 33.5, 2e-6, new Comparison(0.75, 0.71, 0.79));
    String page =
        page(result("first", paired ? peer : null), result("second", paired ? peer : null));
    assertThat(page)
        .contains(
            "first",
            "second",
            "23.4",
            "[22.1, 25.9]",
            "14.5",
            "opencl:0:0",
            "62 %",
            "290",
            "[154, 349]");
    assertThat(page.contains("[0.71, 0.79]")).isEqualTo(paired);
    assertThat(page.contains("[30.0, 33.5]")).isEqualTo(paired);
    assertThat(page)
        .doesNotContain("{{", "http:", "https:", "<script", "<link", "<img", "@import", "url(");
    assertThat(page.split("<tr>")).hasSize(1 + 1 + 2);
  }

  @Test
  void namesFromFilesAreNoMarkup() throws IOException {
    assertThat(page(result("<b>\"x\"&", null)))
        .contains("&lt;b&gt;&quot;x&quot;&amp;")
        .doesNotContain("<b>\"x\"");
  }

  @Test
  void theCommandWritesItBesideItsJson() throws IOException {
    CommandContract command = new CommandContract();
    Path file = folder.resolve("out.html");
    String model = CommandContract.network(folder).toString();
    int status =
        command.run(
            "bench",
            "--model",
            model,
            "--rounds",
            "2",
            "--batch",
            "1,2",
            "--device",
            "cpu",
            "--json",
            "--report",
            file.toString());
    assertThat(status).as(command.errors()).isZero();
    JsonNode results = command.json().get("results");
    assertThat(results).hasSize(2);
    for (JsonNode result : results) {
      assertThat(result.get("floor_ms").asDouble()).isPositive();
      assertThat(result.get("share").asDouble()).isPositive();
      assertThat(result.get("present_speed").get("peak_gflops").asDouble()).isPositive();
    }
    assertThat(Files.readString(file))
        .contains("./clarinet bench --model " + model, "Processor", "Device cpu");
  }

  @Test
  void aReportThatCannotBeWrittenIsFoundBeforeMeasuring() {
    CommandContract command = new CommandContract();
    String file = folder.resolve("none/out.html").toString();
    assertThat(command.run("bench", "--report", file)).isEqualTo(2);
    assertThat(command.errors()).contains("no folder");
  }

  private static BenchResult result(String model, BenchResult.@Nullable Peer peer) {
    return new BenchResult(
        model,
        1,
        "opencl:0:0 (some device)",
        false,
        30,
        21,
        23.4,
        22.1,
        25.9,
        14.5,
        0.62,
        SPEED,
        12.5,
        peer);
  }

  private String page(BenchResult... results) throws IOException {
    Path file = folder.resolve("page.html");
    new BenchReport(List.of(results), new MachineFacts(), "./clarinet bench").write(file);
    return Files.readString(file);
  }
}
