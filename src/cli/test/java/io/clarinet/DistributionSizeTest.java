package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Maven resolves for a user exactly the needed libraries, no larger than src/docs/install.md says.
 */
class DistributionSizeTest {
  private static final List<String> COMMAND_LINE_ONLY =
      List.of(
          "picocli", "progressbar", "jline", "jackson-databind", "slf4j-simple", "netty-common");

  /**
   * The library takes 8.8 MB and the command line 6.7 MB more; src/docs/install.md has the parts.
   */
  @ParameterizedTest
  @CsvSource({"library, 8.9", "cli, 15.6"})
  void whatMavenResolvesIsNoLargerThanTheReadmeSays(String module, double megabytes)
      throws IOException {
    Map<String, Long> parts = new TreeMap<>();
    parts.put(module, packed(Path.of("target", module, "classes")));
    for (Path each : dependencies(module)) {
      parts.put(
          each.getFileName().toString(), Files.isDirectory(each) ? packed(each) : Files.size(each));
    }
    long bytes = parts.values().stream().mapToLong(Long::longValue).sum();
    assertThat(bytes / 1e6).as("MB of %s", parts).isBetween(megabytes - 0.3, megabytes);
  }

  @Test
  void usersOfTheLibraryGetNothingOfTheCommandLine() throws IOException {
    assertThat(dependencies("library").toString())
        .contains("commons-math3", "jocl")
        .doesNotContain("protobuf")
        .doesNotContain(COMMAND_LINE_ONLY);
    assertThat(dependencies("cli").toString()).contains(COMMAND_LINE_ONLY);
  }

  /** An optional dependency would stand on our class path and be missing from a user's. */
  @Test
  void noDependencyIsOptional() throws IOException {
    for (Path pom : poms()) {
      assertThat(pom).content().contains("<dependencies>").doesNotContain("<optional>");
    }
  }

  private static List<Path> poms() throws IOException {
    List<Path> poms = new ArrayList<>(List.of(Path.of("pom.xml"), Path.of("src", "pom.xml")));
    try (Stream<Path> modules = Files.list(Path.of("src"))) {
      modules.map(module -> module.resolve("pom.xml")).filter(Files::exists).forEach(poms::add);
    }
    return poms;
  }

  private static List<Path> dependencies(String module) throws IOException {
    String list = Files.readString(Path.of("target", module, "runtime-classpath.txt"));
    return Arrays.stream(list.trim().split(File.pathSeparator)).map(Path::of).toList();
  }

  /** Classes and resources, compressed as a jar compresses them. */
  private static long packed(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(DistributionSizeTest::deflated).sum();
    }
  }

  private static long deflated(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Deflater deflater = new Deflater();
      deflater.setInput(bytes);
      deflater.finish();
      int length = deflater.deflate(new byte[bytes.length + 1024]);
      deflater.end();
      return length + 150L;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
