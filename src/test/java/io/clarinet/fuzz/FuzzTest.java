package io.clarinet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Mutated files, guided by coverage, in a JVM of Jazzer's own: a few from a fixed seed, or as many
 * as {@code -Dfuzz.runs} says, from {@code -Dfuzz.seed}. What breaks the contract is kept in {@code
 * target/fuzz}.
 */
class FuzzTest {
  private static final int RUNS = Integer.getInteger("fuzz.runs", 1000);
  private static final int SEED = Integer.getInteger("fuzz.seed", 1);
  private static final int MAX_BYTES = 24_000;
  private static final int HANG_SECONDS = 60;

  /** The code whose coverage guides the mutations. */
  private static final String GUIDES =
      "io.clarinet.importer.**:io.clarinet.op.**:com.fasterxml.jackson.core.**";

  @TempDir Path corpus;

  @ParameterizedTest
  @EnumSource
  void mutatedFilesKeepTheContract(Format format) throws Exception {
    Path seeds = corpus.resolve("seeds");
    SeedFiles.write(format, seeds);
    Path found = Files.createDirectories(Path.of("target/fuzz").resolve(name(format)));
    Path log = found.resolve("log.txt");
    Process jazzer =
        new ProcessBuilder(command(format, seeds, found))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = jazzer.waitFor(RUNS / 50 + 300, TimeUnit.SECONDS);
    jazzer.destroyForcibly();
    assertThat(ended).as("ended in time; see %s", log).isTrue();
    assertThat(jazzer.exitValue()).as("%s", tail(log)).isZero();
    assertThat(Files.readString(log)).contains("Done " + RUNS + " runs");
  }

  private static String name(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private List<String> command(Format format, Path seeds, Path found) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:MaxDirectMemorySize=1g"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + format.target().getName());
    command.add("--instrumentation_includes=" + GUIDES);
    command.add("--custom_hook_excludes=**");
    command.add("--reproducer_path=" + found);
    command.addAll(List.of("-runs=" + RUNS, "-seed=" + SEED, "-max_len=" + MAX_BYTES));
    command.addAll(
        List.of("-timeout=" + HANG_SECONDS, "-rss_limit_mb=0", "-len_control=0", "-entropic=0"));
    command.add("-artifact_prefix=" + found + "/");
    command.add(Files.createDirectories(corpus.resolve("new")).toString());
    command.add(seeds.toString());
    return command;
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }
}
