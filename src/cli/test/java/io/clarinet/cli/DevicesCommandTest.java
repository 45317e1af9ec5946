package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DevicesCommandTest {
  private final CommandContract command = new CommandContract();

  @Test
  void theDefaultIsOneOfTheList() throws IOException {
    assertThat(command.run("devices", "--device", "CPU", "--json")).isZero();
    assertThat(command.json().get("default").asText()).isEqualTo("cpu");
    assertThat(command.json().get("devices").findValuesAsText("id")).contains("cpu");
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
