package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process of its own.
 *
 * @param folder in which it runs; what it prints is left there too
 * @param environment variables that it has besides ours
 */
record Command(Path folder, Map<String, String> environment) {

  /** Runs it to its end, which must be a good one, and returns its standard output. */
  String run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".log");
    Path err = Files.createTempFile(folder, "err", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    int status = builder.start().waitFor();
    String printed = Files.readString(out);
    assertThat(status).as("%s%n%s%n%s", command, printed, Files.readString(err)).isZero();
    return printed;
  }
}
