package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in all our jars. */
class JarContentsTest {
  static Stream<Jar> jars() {
    return Stream.of(Built.library(), Built.cli(), Built.spark())
        .flatMap(jar -> Stream.of("", "-sources", "-javadoc").map(kind -> sibling(jar, kind)));
  }

  private static Jar sibling(Path jar, String kind) {
    String name = jar.getFileName().toString().replace(".jar", kind + ".jar");
    return new Jar(jar.resolveSibling(name));
  }

  @ParameterizedTest
  @MethodSource("jars")
  void licenceAndNoticeAreInside(Jar jar) throws IOException {
    for (String name : List.of("LICENSE", "NOTICE")) {
      assertThat(jar.text("META-INF/" + name)).isEqualTo(Files.readString(Path.of(name)));
    }
  }

  @ParameterizedTest
  @MethodSource("jars")
  void testsStayOutside(Jar jar) throws IOException {
    List<String> tests = tests();
    assertThat(tests).contains("io/clarinet/Fresh", "io/clarinet/ArchitectureTest");
    assertThat(jar.names())
        .noneMatch(name -> tests.contains(name.replaceAll("[$.].*", "")))
        .noneMatch(name -> name.startsWith("org/junit/"));
  }

  /** Classes of the tests of these jars, as jars name them, without an ending. */
  private static List<String> tests() throws IOException {
    List<String> tests = new ArrayList<>();
    for (String module : List.of("src", "src/cli", "src/spark")) {
      Path folder = Path.of(module, "test", "java");
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
            .filter(file -> file.endsWith(".java"))
            .forEach(file -> tests.add(file.replace(".java", "")));
      }
    }
    return tests;
  }

  @ParameterizedTest
  @MethodSource("jars")
  void manifestsNameNoMachine(Jar jar) throws IOException {
    assertThat(jar.manifest().keySet().stream().map(Object::toString))
        .doesNotContain("Built-By", "Build-Jdk", "Build-Time");
  }

  @Test
  void theVersionIsInside() throws IOException {
    for (Path jar : List.of(Built.library(), Built.cli(), Built.spark())) {
      assertThat(new Jar(jar).manifest().getValue("Implementation-Version"))
          .isEqualTo(Built.version());
    }
  }
}
