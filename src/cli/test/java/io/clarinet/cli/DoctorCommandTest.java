package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page to paste into a report tells what is wrong, and nobody's name. */
class DoctorCommandTest {
  @TempDir Path folder;

  /** A person's home, with all in it that a report might tell. */
  private Map<String, String> secrets(Path home) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", home.toString());
    environment.put("XDG_CACHE_HOME", home.resolve(".cache").toString());
    environment.put("POCL_CACHE_DIR", home.resolve("pocl").toString());
    environment.put("HOSTNAME", "secrethost.example.org");
    environment.put("CLARINET_JAVA_OPTS", "-Dpassword=secretword -Xmx1g");
    environment.put("LD_LIBRARY_PATH", home.resolve("lib") + ":/home/secretfriend/lib");
    environment.put("OCL_ICD_VENDORS", Files.createDirectories(home.resolve("no")).toString());
    return environment;
  }

  private static List<String> options(Path home, String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(List.of("-Duser.home=" + home, "-Duser.name=secretname"));
    options.addAll(List.of("-Dsome.token=secretword", "-Xmx256m"));
    return options;
  }

  private static void assertNoNames(Path home, String text) throws IOException {
    assertThat(text)
        .contains("~/.cache/clarinet", "/home/…/lib", "-Xmx256m", "CLARINET_JAVA_OPTS")
        .doesNotContain("secret")
        .doesNotContain(home.toString(), String.valueOf(home.getParent()))
        .doesNotContainPattern("\\b\\Q" + InetAddress.getLocalHost().getHostName() + "\\E\\b");
  }

  @Test
  void withoutDriversTheCpuIsToldAndNoNames() throws Exception {
    Path home = folder.resolve("secretfolder").resolve("secretname");
    CommandProgram.Result result =
        new CommandProgram(folder)
            .run(
                secrets(home),
                options(home, "--add-modules=jdk.incubator.vector"),
                "doctor",
                "--json");
    assertNoNames(home, result.out());
    JsonNode json = result.json();
    assertThat(result.status()).isZero();
    assertThat(json.at("/default/device").asText()).isEqualTo("cpu");
    assertThat(json.get("findings").findValuesAsText("remedy"))
        .anyMatch(remedy -> remedy.contains("pocl-opencl-icd"));
    assertThat(json.at("/default/check/result").asText()).isEqualTo("right");
    assertThat(json.at("/default/check/measured").asText()).as("just now").isNotEmpty();
  }

  @Test
  void aCpuWithoutVectorsDoesNotRunWell() throws Exception {
    Path home = folder.resolve("secretfolder").resolve("secretname");
    Map<String, String> environment = secrets(home);
    environment.put("CLARINET_DEVICE", "nosuch");
    environment.put("XDG_CACHE_HOME", Files.createFile(folder.resolve("file")).toString());
    CommandProgram.Result result =
        new CommandProgram(folder)
            .run(environment, options(home, CommandProgram.QUICK.get(0)), "doctor");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .contains(
            "--add-modules jdk.incubator.vector", "unset CLARINET_DEVICE", "CLARINET_DEVICE=nosuch")
        .contains("-Dclarinet.cache or XDG_CACHE_HOME")
        .doesNotContain("secretname", "secrethost", "secretword");
  }
}
