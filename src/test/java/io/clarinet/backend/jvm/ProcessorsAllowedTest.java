package io.clarinet.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clarinet.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The pool has as many threads as the process may use processors, and the device says so. */
class ProcessorsAllowedTest {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  @Test
  void affinityCounts() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(TASKSET), "taskset, of util-linux, is not installed");
    assertThat(printed(List.of(TASKSET.toString(), "-c", "0"), List.of()))
        .matches("1 threads; 1 .*");
  }

  @Test
  void aNumberThatTheJvmIsGivenCounts() throws IOException, InterruptedException {
    assertThat(printed(List.of(), List.of("-XX:ActiveProcessorCount=1")))
        .matches("1 threads; 1 (of \\d+ cores|core) through the JVM");
    assertThat(printed(List.of(), List.of("-XX:ActiveProcessorCount=3")))
        .startsWith("3 threads; 3 ");
  }

  private static String printed(List<String> before, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), CountingProgram.class.getName()));
    Process process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output;
  }

  /** Says what it may use. */
  public static final class CountingProgram {
    private CountingProgram() {}

    public static void main(String[] args) {
      int threads = JvmOptions.standard().threads();
      System.out.print(threads + " threads; " + Device.cpu().name());
    }
  }
}
