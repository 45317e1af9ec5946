package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in the jars. */
class JarContentsTest {
  static Stream<Path> jars() {
    return Stream.of(Built.library(), Built.cli());
  }

  @ParameterizedTest
  @MethodSource("jars")
  void licenceAndNoticeAreInside(Path jar) throws IOException {
    for (String name : List.of("LICENSE", "NOTICE")) {
      assertThat(text(jar, "META-INF/" + name)).as(name).isEqualTo(Files.readString(Path.of(name)));
    }
  }

  @ParameterizedTest
  @MethodSource("jars")
  void testsStayOutside(Path jar) throws IOException {
    assertThat(names(jar))
        .noneMatch(name -> name.matches(".*/(Fresh|[A-Za-z0-9]*Test|[A-Za-z0-9]*Contract)\\.class"))
        .noneMatch(name -> name.startsWith("org/junit/"));
  }

  @ParameterizedTest
  @MethodSource("jars")
  void manifestNamesVersionAndJavaButNoMachine(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes manifest = file.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Implementation-Version")).isEqualTo(Built.version());
      assertThat(manifest.keySet().stream().map(Object::toString))
          .doesNotContain("Built-By", "Build-Jdk", "Build-Time");
      assertThat(manifest.getValue("Automatic-Module-Name")).startsWith("io.clarinet");
    }
  }

  @Test
  void commandLineStarts() throws IOException {
    try (JarFile file = new JarFile(Built.cli().toFile())) {
      Attributes manifest = file.getManifest().getMainAttributes();
      assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS))
          .isEqualTo("io.clarinet.launcher.Start");
    }
  }

  private static List<String> names(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }

  private static String text(Path jar, String name) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      ZipEntry entry = file.getEntry(name);
      assertThat(entry).as("%s in %s", name, jar.getFileName()).isNotNull();
      return new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
