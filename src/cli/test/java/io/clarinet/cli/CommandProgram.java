package io.clarinet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a command in a JVM of its own. */
final class CommandProgram {
  /** For JVMs that measure nothing. */
  static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1");

  private final Path folder;

  /**
   * @param folder for what it prints
   */
  CommandProgram(Path folder) {
    this.folder = folder;
  }

  /** Its end. */
  record Result(int status, String out) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  Result run(Map<String, String> environment, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    int status = start(environment, options, arguments).waitFor();
    return new Result(status, Files.readString(out()));
  }

  private Path out() {
    return folder.resolve("out");
  }

  /** What it says beside its results. */
  String errors() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  Process start(Map<String, String> environment, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out().toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().putAll(environment);
    return builder.start();
  }
}
