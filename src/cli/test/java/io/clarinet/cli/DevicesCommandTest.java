package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesCommandTest {
  private final CommandContract command = new CommandContract();

  @Test
  void theDefaultIsOneOfTheList() throws IOException {
    assertThat(command.run("devices", "--device", "CPU", "--json")).isZero();
    assertThat(command.json().get("default").asText()).isEqualTo("cpu");
    assertThat(command.json().get("devices").findValuesAsText("id")).contains("cpu");
  }

  /** The CPU's plan is the same from its profile as from the device itself. */
  @Test
  void aSavedProfileIsPlannedForAsTheDeviceIs(@TempDir Path folder) throws IOException {
    String network = CommandContract.network(folder).toString();
    String file = folder.resolve("cpu.json").toString();
    assertThat(command.run("devices", "--device", "cpu", "--save", file)).isZero();
    assertThat(command.text()).contains("The profile of cpu is in " + file);
    assertThat(command.run("explain", network, "--device", "cpu", "--no-measure", "--json"))
        .isZero();
    JsonNode here = command.json();
    assertThat(command.run("explain", network, "--as", file, "--json")).isZero();
    assertThat(command.json().get("steps")).isEqualTo(here.get("steps"));
    assertThat(command.json().get("predicted_ms")).isEqualTo(here.get("predicted_ms"));
  }

  @Test
  void aProfileThatCannotBeWrittenIsAFailure(@TempDir Path folder) {
    String file = folder.resolve("none/cpu.json").toString();
    assertThat(command.run("devices", "--device", "cpu", "--save", file)).isEqualTo(1);
    assertThat(command.errors()).contains("there is no folder").hasLineCount(1);
  }

  @Test
  void aRequestThatFitsNothingStillListsWhatThereIs() throws IOException {
    assertThat(command.run("devices", "--device", "nosuch")).isEqualTo(1);
    assertThat(command.text()).contains("cores through the JVM").doesNotContain("*");
    assertThat(command.errors()).contains("\"nosuch\"").hasLineCount(1);
    assertThat(command.run("devices", "--device", "nosuch", "--json")).isEqualTo(1);
    JsonNode document = command.json();
    assertThat(document.get("default").isNull()).isTrue();
    assertThat(document.get("devices").findValuesAsText("id")).contains("cpu");
    assertThat(document.get("error").get("kind").asText()).isEqualTo("device");
  }
}
