package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in one jar. */
class ExecutableJarTest {
  private static final String LICENCES = "META-INF/licenses/";
  private static final Jar JAR = new Jar(Built.cli());

  @Test
  void needsNothingBesideItself(@TempDir Path folder) throws Exception {
    Path alone = Files.createDirectories(folder.resolve("a folder")).resolve("c.jar");
    Files.copy(JAR.file(), alone);
    String java = Built.java().toString();
    String printed =
        new Command(folder, Map.of("CLARINET_DEVICE", "cpu"))
            .run(List.of(java, "-jar", alone.toString(), "classify", "--json"));
    assertThat(printed).startsWith("{").contains("1_O.png", "6_L.png");
  }

  @Test
  void holdsAllOfItsLibraries() throws IOException {
    List<String> inside = JAR.names();
    for (Jar library : Jar.libraries()) {
      assertThat(inside)
          .as("%s", library)
          .containsAll(library.names("(?!META-INF/|(.*/)?module-info).*"))
          .containsAll(library.names("META-INF/versions/.*(?<!module-info)\\.class"));
    }
    assertThat(JAR.manifest().getValue(Attributes.Name.MULTI_RELEASE)).isEqualTo("true");
  }

  /**
   * The launchers take the libraries beside it; an earlier build must not leave them inside too.
   */
  @Test
  void leavesThePlainJarAlone() throws IOException {
    Jar plain = new Jar(Built.cli().resolveSibling("lib").resolve(Built.cli().getFileName()));
    assertThat(plain.names("(?!META-INF/|io/clarinet/(cli|launcher)/).*")).isEmpty();
    assertThat(plain.names("META-INF/services/.*")).isEmpty();
  }

  @Test
  void holdsTheProvidersOfAll() throws IOException {
    int services = 0;
    for (Jar library : Jar.libraries()) {
      for (String service : library.names("META-INF/services/.*")) {
        assertThat(JAR.text(service).lines()).containsAll(library.text(service).lines().toList());
        services++;
      }
    }
    assertThat(services).isGreaterThan(4);
  }

  @Test
  void holdsNothingThatIsTrueOnlyOfALibrary() throws IOException {
    assertThat(JAR.names("META-INF/[^/]*\\.(SF|DSA|RSA|EC)|(.*/)?module-info\\.class")).isEmpty();
    assertThat(JAR.names("META-INF/maven/(?!io\\.clarinet/).*")).isEmpty();
  }

  @Test
  void leavesThePeerOut() throws IOException {
    assertThat(JAR.names("ai/onnxruntime/.*")).isEmpty();
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
            Jar.libraries().stream().map(Jar::artifact).sorted().toList());
  }

  @Test
  void keepsTheLicencesThatLibrariesBring() throws IOException {
    int texts = 0;
    for (Jar library : Jar.libraries()) {
      if (!library.artifact().startsWith("clarinet")) {
        for (String name : library.names("META-INF/[^/]*(LICENSE|NOTICE)[^/]*")) {
          String kept = LICENCES + library.artifact() + name.substring("META-INF".length());
          assertThat(JAR.bytes(kept)).as(kept).isEqualTo(library.bytes(name));
          texts++;
        }
      }
    }
    assertThat(texts).isGreaterThan(4);
  }
}
