package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same sources give the same bytes, in another folder, time zone and language. The second build
 * leaves out what only checks: Error Prone, the enforcer, tests, format. Jars hold the permissions
 * of files, so both have the same umask.
 */
class ReproducibleTest {
  private static final List<String> NAMES =
      List.of(
          "library/clarinet.jar",
          "library/clarinet-sources.jar",
          "library/clarinet-javadoc.jar",
          "library/clarinet-sbom.json",
          "library/.flattened-pom.xml",
          "server/clarinet-server.jar",
          "server/clarinet-server-sources.jar",
          "server/clarinet-server-javadoc.jar",
          "server/clarinet-server-sbom.json",
          "server/.flattened-pom.xml",
          "grpc/clarinet-grpc.jar",
          "grpc/clarinet-grpc-sources.jar",
          "grpc/clarinet-grpc-javadoc.jar",
          "grpc/clarinet-grpc-sbom.json",
          "grpc/.flattened-pom.xml",
          "cli/clarinet-cli.jar",
          "cli/clarinet-cli-sources.jar",
          "cli/clarinet-cli-javadoc.jar",
          "cli/clarinet-cli-sbom.json",
          "cli/.flattened-pom.xml",
          "spark/clarinet-spark.jar",
          "spark/clarinet-spark-sources.jar",
          "spark/clarinet-spark-javadoc.jar",
          "spark/clarinet-spark-sbom.json",
          "spark/.flattened-pom.xml");

  @TempDir static Path folder;
  private static Path again;

  @BeforeAll
  static void buildAgain() throws Exception {
    again = folder.resolve("an other folder");
    for (String part : List.of("pom.xml", "LICENSE", "NOTICE", "opencl", "src")) {
      copy(Path.of(part));
    }
    Map<String, String> elsewhere =
        Map.of(
            "TZ", "Pacific/Chatham",
            "LC_ALL", "tr_TR.UTF-8",
            "JAVA_HOME", System.getProperty("java.home"),
            "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -Duser.language=tr -Duser.country=TR");
    List<String> maven =
        List.of(
            Built.maven().toString(),
            "-q",
            "-ntp",
            "-Dmaven.repo.local=" + Built.localRepository(),
            "-Derrorprone=-XDnone",
            "-Denforcer.skip",
            "-Dmaven.test.skip=true",
            "-pl",
            "src,src/server,src/grpc,src/cli,src/spark",
            "package");
    new Command(again, elsewhere).run(maven);
  }

  private static void copy(Path part) throws IOException {
    try (Stream<Path> files = Files.walk(part)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = again.resolve(file);
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void allArtifactsAreTheSame() throws IOException {
    List<String> different = new ArrayList<>();
    for (String name : NAMES) {
      Path first = Built.library().getParent().resolveSibling(name);
      Path second = again.resolve("target").resolve(name);
      if (Files.mismatch(first, second) >= 0) {
        different.add(name + differences(first, second));
      }
    }
    assertThat(different).isEmpty();
  }

  private static String differences(Path first, Path second) throws IOException {
    if (!first.toString().endsWith(".jar")) {
      return "";
    }
    Jar one = new Jar(first);
    Jar two = new Jar(second);
    List<String> names = new ArrayList<>(one.names());
    if (!names.equals(two.names())) {
      return ": other files, or in another order: " + names + ", " + two.names();
    }
    for (String name : one.names()) {
      if (Arrays.equals(one.bytes(name), two.bytes(name))) {
        names.remove(name);
      }
    }
    return names.isEmpty() ? ": times or permissions" : ": " + names;
  }
}
