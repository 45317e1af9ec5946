package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code mvn deploy} brings into a repository, and a project that takes it from there. */
class PublishedTest {
  private static final String PROGRAM =
      """
      import io.clarinet.*;
      import java.nio.file.Path;

      public class Consumer {
        public static void main(String[] arguments) throws Exception {
          Path file = Path.of("glyphs.onnx");
          Model.bundled().writeOnnx(file);
          Model model = Model.load(file);
          try (Session session = model.open(Device.cpu())) {
            Classifier classifier = Classifier.of(model, session);
            for (var picture : Bundled.samples().values()) {
              System.out.print(classifier.classify(picture, 1).get(0).label());
            }
          }
        }
      }
      """;
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>consumer</groupId>
        <artifactId>consumer</artifactId>
        <version>1</version>
        <dependencies>
          <dependency>
            <groupId>io.clarinet</groupId>
            <artifactId>clarinet</artifactId>
            <version>%s</version>
          </dependency>
        </dependencies>
        <repositories>
          <repository>
            <id>built</id>
            <url>%s</url>
          </repository>
        </repositories>
      </project>
      """;

  /** A local repository of its own; what is not ours comes from that of the build, as a file. */
  private static final String SETTINGS =
      """
      <settings>
        <localRepository>%s</localRepository>
        <mirrors>
          <mirror>
            <id>local</id>
            <mirrorOf>*,!built</mirrorOf>
            <url>%s</url>
          </mirror>
        </mirrors>
      </settings>
      """;

  @TempDir Path folder;
  private static Path repository;

  @BeforeAll
  static void findRepository() {
    assumeThat(Built.repository())
        .as("a folder that was deployed to, as ./clarinet test does")
        .isPresent();
    repository = Built.repository().orElseThrow();
  }

  private static List<Path> files(String artifact) throws IOException {
    Path place = repository.resolve("io/clarinet").resolve(artifact).resolve(Built.version());
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(f -> !f.toString().matches(".*\\.(md5|sha\\d+)|.*\\.xml")).toList();
    }
  }

  @Test
  void onlyWhatOthersTakeAndItsParentAreThere() throws IOException {
    assertThat(List.of(repository.resolve("io/clarinet").toFile().list()))
        .contains("clarinet-parent")
        .containsAll(Built.artifacts())
        .hasSize(1 + Built.artifacts().size());
  }

  @ParameterizedTest
  @MethodSource("io.clarinet.artifact.Built#artifacts")
  void allThatBelongsToAnArtifactIsThere(String artifact) throws IOException {
    Set<String> kinds = new TreeSet<>();
    for (Path file : files(artifact)) {
      String name = file.getFileName().toString();
      kinds.add(name.replaceFirst(artifact + "-[0-9.]+(-[0-9.]+-\\d+|-SNAPSHOT)?", ""));
    }
    assertThat(kinds).contains(".jar", ".pom", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");
  }

  @ParameterizedTest
  @MethodSource("io.clarinet.artifact.Built#artifacts")
  void thePomHasWhatCentralAsksFor(String artifact) throws IOException {
    String pom = pom(artifact);
    for (String element :
        List.of("name", "description", "url", "license", "developer", "scm", "connection")) {
      assertThat(pom).contains("<" + element).contains("</" + element + ">");
    }
    assertThat(pom).doesNotContain("${", "<build>", "<parent>", "<repositor");
    assertThat(pom).doesNotContain(Path.of("").toAbsolutePath().toString());
  }

  @Test
  void whatHasAllInsideHasNoDependencies() throws IOException {
    assertThat(pom("clarinet")).contains("<artifactId>jocl</artifactId>");
    assertThat(pom("clarinet")).doesNotContain("junit", "onnxruntime", "netty", "grpc");
    assertThat(pom("clarinet-server"))
        .contains("<artifactId>netty-codec-http</artifactId>", "<artifactId>clarinet</artifactId>")
        .doesNotContain("junit", "json-schema-validator", "grpc");
    assertThat(pom("clarinet-grpc"))
        .contains("<artifactId>grpc-netty</artifactId>", "<artifactId>clarinet-server</artifactId>")
        .doesNotContain("junit");
    assertThat(pom("clarinet-djl"))
        .contains("<groupId>ai.djl</groupId>", "<artifactId>clarinet</artifactId>")
        .doesNotContain("junit", "server", "engine</artifactId>");
    assertThat(pom("clarinet-cli")).doesNotContain("<dependency>");
    assertThat(pom("clarinet-spark")).doesNotContain("<dependency>");
  }

  private static String pom(String artifact) throws IOException {
    for (Path file : files(artifact)) {
      if (file.toString().endsWith(".pom")) {
        return Files.readString(file);
      }
    }
    throw new AssertionError("no POM of " + artifact);
  }

  @Test
  void aProjectOfSomebodyElseTakesTheLibraryFromThere() throws Exception {
    Files.writeString(
        folder.resolve("pom.xml"), POM.formatted(Built.version(), repository.toUri()));
    Path settings = folder.resolve("settings.xml");
    Files.writeString(
        settings,
        SETTINGS.formatted(folder.resolve("repository"), Built.localRepository().toUri()));
    Path classPath = folder.resolve("class-path.txt");
    new Command(folder, Map.of("JAVA_HOME", System.getProperty("java.home")))
        .run(
            List.of(
                Built.maven().toString(),
                "-B",
                "-ntp",
                "-s",
                settings.toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:%s:build-classpath"
                    .formatted(versionOf("maven-dependency-plugin")),
                "-Dmdep.outputFile=" + classPath));
    String libraries = Files.readString(classPath).strip();
    assertThat(libraries).contains("clarinet").doesNotContain("picocli");
    assertThat(run(libraries)).isEqualTo("OPENCL");
  }

  private String run(String libraries) throws Exception {
    Path source = Files.writeString(folder.resolve("Consumer.java"), PROGRAM);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    String classes = folder.resolve("classes").toString();
    assertThat(
            javac.run(
                System.out, System.err, "-nowarn", "-cp", libraries, "-d", classes, "" + source))
        .isZero();
    return new Command(folder, Map.of())
        .run(
            List.of(
                Built.java().toString(),
                "-cp",
                classes + File.pathSeparator + libraries,
                "Consumer"));
  }

  /** The version of a plugin that the build itself has fetched. */
  private static String versionOf(String plugin) throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>" + plugin + "</artifactId>\\s*<version>(.+?)</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).as(plugin).isTrue();
    return version.group(1);
  }
}
