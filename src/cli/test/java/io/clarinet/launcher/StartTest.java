package io.clarinet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.file.OperatingSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that start others; the real jar is started in src/artifact-test. */
class StartTest {
  @TempDir Path folder;

  private Process java(String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home")).resolve(Child.java()).toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dnothing=1");
    return builder
        .redirectError(folder.resolve("err").toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }

  private static int status(Process process) throws InterruptedException {
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  @Test
  void whatTheUserGaveComesLastAndTheMarkForbidsAThird() {
    Host host =
        new Host(OperatingSystem.CURRENT, 17, folder, List.of("-Xmx1g"), Map.of(), false, 0);
    Child child = new Child(host, new JvmSettings(List.of("-Xms64m"), Map.of()));
    String mark = "-Dclarinet.startedBy=" + ProcessHandle.current().pid();
    assertThat(child.command("classify", "a b.jpg", "", "*"))
        .startsWith(folder.resolve(Child.java()).toString(), "-Xms64m", "-Xmx1g", mark, "-cp")
        .endsWith(Start.class.getName(), "classify", "a b.jpg", "", "*");
  }

  @Test
  void theSecondJvmsAnswerAndStatusAreTheFirsts() throws Exception {
    assertThat(status(java(Start.class.getName(), "classify", "none.jpg", "--quiet"))).isOne();
    assertThat(folder.resolve("out")).content().isEqualToIgnoringNewLines("error: not_found");
    assertThat(folder.resolve("err"))
        .content()
        .as("what variables give is an option of the second JVM, which picks up no variable")
        .matches("Picked up JAVA_TOOL_OPTIONS: -Dnothing=1\\Rclarinet: [^\n]*\\R");
  }

  @Test
  void theSecondJvmReadsWhatTheFirstWasGiven() throws Exception {
    Process first = java(Start.class.getName(), "classify", "-", "--quiet");
    try (OutputStream list = first.getOutputStream()) {
      list.write("none.jpg\ngone.jpg\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(status(first)).isOne();
    assertThat(folder.resolve("out")).content().isEqualTo("error: not_found\n".repeat(2));
  }

  /** A JDK whose java notes how it ends. */
  private void fakeJdk() throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    String note = folder.resolve("note").toString();
    Files.writeString(
        java,
        """
        #!/bin/sh
        trap 'echo ended >"%1$s"; exit 7' TERM
        echo ready >"%1$s.part"
        mv "%1$s.part" "%1$s"
        while :; do sleep 0.02; done
        """
            .formatted(note));
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a script in place of a JVM, ended by a signal")
  void aSignalReachesTheSecondJvmAndItsStatusTheCaller() throws Exception {
    fakeJdk();
    Process first = java(FirstJvm.class.getName(), folder.resolve("jdk").toString());
    Path note = folder.resolve("note");
    while (first.isAlive() && !Files.exists(note)) {
      Thread.sleep(5);
    }
    first.destroy();
    assertThat(status(first)).isEqualTo(7);
    assertThat(note).content().isEqualTo("ended\n");
  }

  /** A first JVM whose second is a given program. */
  static final class FirstJvm {
    private FirstJvm() {}

    public static void main(String[] arguments) throws Exception {
      Host host =
          new Host(
              OperatingSystem.CURRENT, 17, Path.of(arguments[0]), List.of(), Map.of(), false, 0);
      Runtime.getRuntime().halt(new Child(host, new JvmSettings(List.of(), Map.of())).run());
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "sleep is a program there")
  void theSecondJvmEndsWithTheFirst() throws Exception {
    Process first = new ProcessBuilder("sleep", "120").start();
    Process second = java(SecondJvm.class.getName(), Long.toString(first.pid()));
    assertThat(second.isAlive()).isTrue();
    first.destroyForcibly().waitFor();
    assertThat(status(second)).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("out"), StandardCharsets.UTF_8)).isEqualTo("bye");
  }

  /** A second JVM that has much to do. */
  static final class SecondJvm {
    private SecondJvm() {}

    public static void main(String[] arguments) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.print("bye")));
      Child.endWith(Long.parseLong(arguments[0]));
      Thread.sleep(TimeUnit.MINUTES.toMillis(2));
    }
  }
}
