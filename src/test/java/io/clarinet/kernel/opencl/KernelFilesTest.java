package io.clarinet.kernel.opencl;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;

import io.clarinet.KernelFiles;
import java.io.IOException;
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

/** Folder and header of each kernel file are right; native tests check the cases. */
class KernelFilesTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "clarinet");
  private static final Pattern HOST =
      Pattern.compile("^// Host: +(\\w+\\.java)", Pattern.MULTILINE);
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
    assertThat(sources().stream().filter(source -> source.endsWith(host.group(1))))
        .singleElement(as(PATH))
        .content()
        .contains("\"" + kernel + "\"");
  }

  /** Numbers passed to kernels do not depend on the order of an enum's constants. */
  @Test
  void noHostPassesTheOrderOfAnEnum() throws IOException {
    for (Path source : sources()) {
      assertThat(source).content().doesNotContain(".ordinal()");
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void groupsOfOneItemAreForCpuDevices(Path file) throws IOException {
    assertThat(Files.readString(file).contains("reqd_work_group_size(1, 1, 1)"))
        .isEqualTo(file.getParent().endsWith("cpu"));
  }

  /**
   * A compiler's word for a builtin is not its code for it: some that write SPIR-V end the process.
   */
  @Test
  void builtinsAreUsedOnlyWhereTheProcessorIsKnown() throws IOException {
    for (Path file : KernelFiles.withIncludes()) {
      Deque<String> conditions = new ArrayDeque<>();
      for (String line :
          Files.readString(file).replaceAll("\\s*\\\\\n\\s*", " ").lines().toList()) {
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
}
