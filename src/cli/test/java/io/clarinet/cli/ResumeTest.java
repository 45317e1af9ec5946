package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.clarinet.file.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code classify} killed in the middle, and gone on with. */
class ResumeTest {
  private static final Path FAULTS = Path.of("src/test/resources/faults");
  private static final Path RED = FAULTS.resolve("classify/red.png");
  private static final Path BLUE = FAULTS.resolve("classify/blue.png");

  /**
   * Batches of four are read ahead by one, two, four and then eight, of which the last ones wait.
   */
  private static final int PICTURES = 41;

  private static final int WAITS = 30;
  private static final int ANSWERED = 28;

  @TempDir Path folder;

  private String[] arguments(String output) {
    List<String> arguments = new ArrayList<>(List.of("classify", "--device", "cpu"));
    arguments.addAll(List.of("--model", FAULTS.resolve("classify/sigmoid1.onnx").toString()));
    arguments.addAll(List.of("--batch", "4", "--resume", "--output", "" + folder.resolve(output)));
    for (int i = 0; i < PICTURES; i++) {
      Path other = i % 5 == 0 ? FAULTS.resolve("README.md") : i % 2 == 0 ? RED : BLUE;
      arguments.add("" + (i == WAITS ? folder.resolve("waits.png") : other));
    }
    return arguments.toArray(String[]::new);
  }

  /** A pipe that nobody writes keeps the first run waiting where it is killed. */
  @Test
  @Timeout(120)
  void aRunThatWasKilledEndsAsIfItHadNotBeen() throws Exception {
    assumeThat(OperatingSystem.CURRENT).isNotEqualTo(OperatingSystem.WINDOWS);
    Path waits = folder.resolve("waits.png");
    Path csv = folder.resolve("killed.csv");
    CommandProgram program = new CommandProgram(folder);
    assertThat(new ProcessBuilder("mkfifo", "" + waits).start().waitFor()).isZero();
    Process killed = program.start(ownCache(), ownModules(), arguments("killed.csv"));
    try {
      while (!Files.exists(csv) || lines(csv) <= ANSWERED) {
        assertThat(killed.isAlive()).as(program.errors()).isTrue();
        Thread.sleep(20);
      }
    } finally {
      killed.destroyForcibly().waitFor();
    }
    assertThat(lines(csv)).isEqualTo(ANSWERED + 1);
    Files.delete(waits);
    Files.copy(RED, waits);
    CommandContract command = new CommandContract();
    assertThat(command.run(arguments("killed.csv"))).as(command.errors()).isEqualTo(1);
    assertThat(command.run(arguments("whole.csv"))).isEqualTo(1);
    assertThat(csv).hasSameBinaryContentAs(folder.resolve("whole.csv"));
    assertThat(lines(csv)).isEqualTo(PICTURES + 1);
  }

  /** What this JVM has measured, so that the other one need not. */
  private static Map<String, String> ownCache() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path usual = Path.of(System.getProperty("user.home"), ".cache");
    return Map.of("XDG_CACHE_HOME", cache == null ? "" + usual : cache);
  }

  /** With other kernels the last digits differ. */
  private static List<String> ownModules() {
    String vectors = "jdk.incubator.vector";
    boolean there = ModuleLayer.boot().findModule(vectors).isPresent();
    return there ? List.of("--add-modules=" + vectors) : List.of();
  }

  private static long lines(Path file) throws IOException {
    return Files.readAllLines(file).size();
  }
}
