package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jar for Spark: the library and its libraries, but for those that Spark brings itself. */
class SparkJarTest {
  private static final Jar JAR = new Jar(Built.spark());

  private static List<Jar> libraries() throws IOException {
    Path list = Built.spark().resolveSibling("runtime-classpath.txt");
    List<Jar> libraries = new ArrayList<>();
    for (String jar : Files.readString(list).strip().split(File.pathSeparator)) {
      libraries.add(new Jar(Path.of(jar)));
    }
    return libraries;
  }

  @Test
  void holdsAllOfItsLibraries() throws IOException {
    List<String> inside = JAR.names();
    for (Jar library : libraries()) {
      if (Files.isRegularFile(library.file())) {
        assertThat(inside)
            .as("%s", library)
            .containsAll(library.names("(?!META-INF/|(.*/)?module-info).*"));
      }
    }
    assertThat(inside).contains("io/clarinet/Classifier.class", "org/jocl/CL.class");
  }

  @Test
  void holdsNothingThatSparkBrings() throws IOException {
    assertThat(JAR.names("org/apache/.*|com/fasterxml/.*|org/slf4j/.*|io/netty/.*|com/google/.*"))
        .isEmpty();
    assertThat(JAR.names("scala/.*|(.*/)?module-info\\.class")).isEmpty();
  }

  @Test
  void holdsTheProvidersOfAll() throws IOException {
    assertThat(JAR.text("META-INF/services/javax.imageio.spi.ImageReaderSpi"))
        .contains("JPEGImageReaderSpi", "WebPImageReaderSpi");
  }

  @Test
  void namesTheLicenceOfEveryLibrary() throws IOException {
    List<String> named = new ArrayList<>();
    JAR.text("META-INF/THIRD-PARTY")
        .lines()
        .filter(line -> line.matches("[a-z0-9-]+ +(Apache-2.0|BSD-3-Clause|MIT) +.+"))
        .forEach(line -> named.add(line.substring(0, line.indexOf(' '))));
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            libraries().stream().map(Jar::artifact).distinct().toList());
  }
}
