package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in all our jars. */
class JarContentsTest {
  static Stream<Jar> jars() {
    return Stream.of(Built.library(), Built.cli())
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
    assertThat(jar.names())
        .noneMatch(
            name ->
                !name.endsWith("/SelfTest.class")
                    && name.matches("io/clarinet/([a-z]+/)*[A-Za-z0-9]*(Fresh|Test|Contract)\\..*"))
        .noneMatch(name -> name.startsWith("org/junit/"));
  }

  @ParameterizedTest
  @MethodSource("jars")
  void manifestsNameNoMachine(Jar jar) throws IOException {
    assertThat(jar.manifest().keySet().stream().map(Object::toString))
        .doesNotContain("Built-By", "Build-Jdk", "Build-Time");
  }

  @Test
  void theVersionIsInside() throws IOException {
    for (Path jar : List.of(Built.library(), Built.cli())) {
      assertThat(new Jar(jar).manifest().getValue("Implementation-Version"))
          .isEqualTo(Built.version());
    }
  }
}
