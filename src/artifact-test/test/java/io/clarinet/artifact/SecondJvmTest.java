package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar}, from a folder that is not the jar's, both with names that are not simple. */
class SecondJvmTest {
  private static final Path SAMPLE = Path.of("src/main/resources/io/clarinet/samples/1_O.png");
  private static final String PICTURE = "ein Bild ö.png";

  @TempDir Path folder;
  private Path jar;
  private Path work;

  /** The end of a command: status and output. */
  private record Result(int status, String out, String err) {}

  @BeforeEach
  void makeFolders() throws IOException {
    jar = Files.createDirectories(folder.resolve("ein Ördner")).resolve("c l.jar");
    Files.copy(Built.cli(), jar);
    work = Files.createDirectories(folder.resolve("noch éiner"));
    Files.copy(SAMPLE, work.resolve(PICTURE));
  }

  /** Runs it with a log of each JVM's collector. */
  private Result clarinet(List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Built.java().toString()));
    command.add("-Xlog:gc:file=gc-%p.log");
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("LD_PRELOAD");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    return new Result(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  /** The collectors of the JVMs that ran. */
  private List<String> collectors() throws IOException {
    List<String> collectors = new ArrayList<>();
    try (Stream<Path> logs = Files.list(work)) {
      for (Path log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
        collectors.add(Files.readString(log).replaceFirst("(?s).*Using (\\w+).*", "$1"));
      }
    }
    return collectors;
  }

  private static final String[] CLASSIFY = {"classify", "--quiet", "--top", "2", PICTURE};

  @Test
  void theAnswerAloneIsPrintedAndNothingIsWarnedOf() throws Exception {
    Result result = clarinet(List.of("-XX:+UseG1GC"), CLASSIFY);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualToNormalizingNewlines("O\t0\n");
    assertThat(result.status()).isZero();
    assertThat(collectors()).containsExactly("G1", "G1");
  }

  @Test
  void failuresAreTheSecondJvms() throws Exception {
    Result missing = clarinet(List.of(), "classify", "--quiet", "--device", "cpu", "ö.png");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.out()).isEqualToNormalizingNewlines("error: not_found\n");
    assertThat(missing.err()).contains("ö.png").hasLineCount(1);
    assertThat(collectors()).hasSize(2).contains("Serial");
    assertThat(clarinet(List.of(), "classify", "--none").status()).isEqualTo(2);
  }

  @Test
  void whereNoSecondMayStartTheFirstDoes() throws Exception {
    String[] onCpu = {"classify", "--quiet", "--top", "2", "--device", "cpu", PICTURE};
    Result result = clarinet(List.of("-Dclarinet.restart=false"), onCpu);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualToNormalizingNewlines("O\t0\n");
    assertThat(result.status()).isZero();
    assertThat(collectors()).hasSize(1);
  }
}
