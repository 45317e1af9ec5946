package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.Device;
import io.clarinet.RequiresOpenCl;
import io.clarinet.backend.opencl.FakeDrivers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page to paste into a report is whole whatever drivers do. */
@RequiresOpenCl
class DoctorDriversTest {
  @TempDir Path folder;

  @Test
  void theDeviceThatRunsIsToldWithItsCheck() throws IOException {
    CommandContract command = new CommandContract();
    int status = command.run("doctor", "--json");
    JsonNode json = command.json();
    assertThat(status).isEqualTo(json.at("/clarinet/runs_well").asBoolean() ? 0 : 1);
    String chosen = Device.standard().id();
    assertThat(json.at("/default/device").asText()).isEqualTo(chosen);
    List<String> listed =
        Device.all().stream().map(Device::id).filter(id -> !id.equals("cpu")).toList();
    assertThat(json.get("opencl").findValuesAsText("id")).containsAll(listed);
    for (JsonNode device : json.at("/opencl/platforms/0/devices")) {
      assertThat(device.at("/check/result").asText()).isEqualTo("right");
      assertThat(device.at("/check/gigaflops").asDouble()).isPositive();
      assertThat(device.get("memory_bytes").asLong()).isPositive();
      assertThat(device.get("extensions")).isNotEmpty();
    }
    assertThat(json.at("/default/check").isMissingNode()).as("stands with the device").isTrue();
    assertThat(json.at("/caches/0/writable").asBoolean()).isTrue();
  }

  @Test
  void aDriverThatCrashesOrHangsTakesOnlyItselfOutOfTheReport() throws Exception {
    FakeDrivers.compile(folder);
    FakeDrivers drivers =
        new FakeDrivers(folder, folder)
            .with("a-crashing", "crash clGetDeviceIDs")
            .with("b-hanging", "hang clGetDeviceIDs")
            .with("c-answering");
    Map<String, String> environment = new HashMap<>();
    environment.put("OCL_ICD_VENDORS", drivers.folder().toString());
    environment.put("OCL_ICD_PLATFORM_SORT", "none");
    JsonNode json =
        new CommandProgram(folder)
            .run(environment, CommandProgram.QUICK, "doctor", "--json", "--patience", "10")
            .json();
    assertThat(json.at("/default/failure").asText()).isNotEmpty();
    Map<String, JsonNode> platforms = new HashMap<>();
    json.at("/opencl/platforms").forEach(each -> platforms.put(each.get("name").asText(), each));
    assertThat(platforms.get("a-crashing").get("failure").asText())
        .contains("ended the process", "a-crashing.so");
    assertThat(platforms.get("b-hanging").get("failure").asText())
        .contains("no answer within 10 s");
    assertThat(platforms.get("c-answering").at("/devices/0/check/result").asText())
        .contains("computes wrongly");
    assertThat(json.get("findings").findValuesAsText("problem")).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void aDriverThatCrashesTheLibraryIsFoundOut() throws Exception {
    FakeDrivers.compile(folder);
    FakeDrivers drivers =
        new FakeDrivers(folder, folder)
            .with("crashing", "crash clIcdGetPlatformIDsKHR")
            .with("answering")
            .withLibrary("broken", "/nonexistent.so");
    Map<String, String> environment = Map.of("OCL_ICD_VENDORS", drivers.folder().toString());
    JsonNode json =
        new CommandProgram(folder)
            .run(environment, CommandProgram.QUICK, "doctor", "--json")
            .json();
    assertThat(json.at("/opencl/failure").asText()).contains("ended the process");
    JsonNode alone = json.at("/opencl/drivers_alone");
    assertThat(alone.get("crashing.icd").asText()).contains("ended the process");
    assertThat(alone.get("answering.icd").asText()).isEqualTo("answers");
    assertThat(json.get("findings").findValuesAsText("problem"))
        .anyMatch(problem -> problem.startsWith("broken.icd gives no platform"))
        .anyMatch(problem -> problem.startsWith("crashing.icd gives no platform"))
        .noneMatch(problem -> problem.startsWith("answering.icd"));
  }
}
