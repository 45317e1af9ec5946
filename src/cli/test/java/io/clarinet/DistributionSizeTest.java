package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** What a user downloads stays small. */
class DistributionSizeTest {
  private static final long MEGABYTE = 1_000_000;

  /** Optional in the pom: the command line needs them, the library does not. */
  private static final List<String> COMMAND_LINE_ONLY =
      List.of(
          "commons-math3",
          "jackson-annotations",
          "jackson-databind",
          "jline",
          "picocli",
          "progressbar",
          "slf4j-simple");

  @Test
  void libraryAndItsRuntimeDependenciesTakeAtMostEightMegabytes() throws IOException {
    assertThat(own() + dependencies(false)).isLessThanOrEqualTo(8 * MEGABYTE);
  }

  @Test
  void withTheCommandLineItIsAtMostTwelveMegabytes() throws IOException {
    assertThat(own() + dependencies(true)).isLessThanOrEqualTo(12 * MEGABYTE);
  }

  private static long dependencies(boolean commandLine) throws IOException {
    String list = Files.readString(Path.of("target/library/runtime-classpath.txt"));
    return Arrays.stream(list.trim().split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> commandLine || !isCommandLineOnly(jar))
        .mapToLong(DistributionSizeTest::size)
        .sum();
  }

  private static boolean isCommandLineOnly(Path jar) {
    String name = String.valueOf(jar.getFileName());
    return COMMAND_LINE_ONLY.stream().anyMatch(name::startsWith);
  }

  /** Our own classes and resources, compressed as a jar compresses them. */
  private static long own() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target/library/classes"))) {
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

  private static long size(Path jar) {
    try {
      return Files.size(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
