package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.KernelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the header of each kernel file says of its Java host and its C test is so. */
class KernelFilesTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "clarinet");
  private static final Pattern HOST =
      Pattern.compile("^// Host: +(\\S+\\.java)", Pattern.MULTILINE);
  private static final Pattern BUILTIN = Pattern.compile("__builtin_\\w+ *\\(");
  private static final Pattern PROCESSOR =
      Pattern.compile("defined\\(__(x86_64|i386|aarch64|arm)__\\)");

  static List<Path> kernels() throws IOException {
    return KernelFiles.all();
  }

  @Test
  void aNameStandsInOneFolder() throws IOException {
    assertThat(kernels().stream().map(KernelFiles::name)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theHostLaunchesTheKernel(Path file) throws IOException {
    String kernel = KernelFiles.name(file);
    Matcher host = HOST.matcher(Files.readString(file));
    assertThat(host.find()).as("the header names a Java file").isTrue();
    assertThat(SOURCES.resolve(host.group(1))).content().contains("\"" + kernel + "\"");
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aCTestRunsTheKernel(Path file) throws IOException {
    String kernel = KernelFiles.name(file);
    try (Stream<Path> tests = Files.list(Path.of("native-test"))) {
      assertThat(tests.filter(p -> p.toString().endsWith(".c")).anyMatch(p -> names(p, kernel)))
          .as("a file of native-test launches " + kernel)
          .isTrue();
    }
  }

  /**
   * A compiler's word for a builtin is not its code for it: some that write SPIR-V end the process.
   */
  @Test
  void builtinsAreUsedOnlyWhereTheProcessorIsKnown() throws IOException {
    for (Path file : KernelFiles.withIncludes()) {
      Deque<String> conditions = new ArrayDeque<>();
      for (String line : Files.readString(file).replace("\\\n", " ").lines().toList()) {
        follow(line.strip(), conditions);
        if (BUILTIN.matcher(line).find()) {
          assertThat(conditions)
              .as("the conditions around \"" + line.strip() + "\" in " + file)
              .anyMatch(KernelFilesTest::knowsTheProcessor);
        }
      }
    }
  }

  private static void follow(String line, Deque<String> conditions) {
    if (line.startsWith("#if")) {
      conditions.push(line);
    } else if (line.startsWith("#el")) {
      conditions.pop();
      conditions.push(line);
    } else if (line.startsWith("#endif")) {
      conditions.pop();
    }
  }

  private static boolean knowsTheProcessor(String condition) {
    return PROCESSOR.matcher(condition).find()
        && condition.contains("&& !defined(__SPIR__) && !defined(__SPIRV__)");
  }

  private static boolean names(Path file, String kernel) {
    try {
      return Files.readString(file).contains("\"" + kernel + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
