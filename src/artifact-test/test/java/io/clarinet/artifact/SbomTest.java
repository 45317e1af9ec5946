package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The software bills of materials, in CycloneDX's JSON. */
class SbomTest {
  private static final Pattern PURL =
      Pattern.compile("\"purl\" : \"pkg:maven/[^/]+/([^@]+)@([^?]+)\\?type=jar\"");
  private static final Pattern JAR = Pattern.compile("([a-z0-9_-]+?)-(\\d[^/\\\\]*)\\.jar");

  private static Path folder(String module) {
    return switch (module) {
      case "clarinet" -> Built.library().getParent();
      case "clarinet-cli" -> Built.cli().getParent();
      default -> Built.cli().resolveSibling("../" + module.replace("clarinet-", "")).normalize();
    };
  }

  private static String sbom(String module) throws IOException {
    return Files.readString(folder(module).resolve(module + "-sbom.json"));
  }

  @ParameterizedTest
  @MethodSource("io.clarinet.artifact.Built#artifacts")
  void namesTheArtifactAndWhatMavenResolvesForIt(String module) throws IOException {
    String classPath = Files.readString(folder(module).resolve("runtime-classpath.txt"));
    Set<String> resolved =
        Arrays.stream(classPath.strip().split(File.pathSeparator))
            .map(jar -> JAR.matcher(Path.of(jar).getFileName().toString()))
            .filter(jar -> jar.matches())
            .map(jar -> jar.group(1) + " " + jar.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(resolved).hasSizeGreaterThan(10);
    resolved.add("clarinet " + Built.version());
    resolved.add(module + " " + Built.version());
    if (!List.of("clarinet", "clarinet-djl", "clarinet-spark").contains(module)) {
      resolved.add("clarinet-server " + Built.version());
    }
    Set<String> named =
        PURL.matcher(sbom(module))
            .results()
            .map(purl -> purl.group(1) + " " + purl.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).isEqualTo(resolved);
  }

  @ParameterizedTest
  @MethodSource("io.clarinet.artifact.Built#artifacts")
  void saysNothingOfThisBuild(String module) throws IOException {
    assertThat(sbom(module))
        .doesNotContain("serialNumber", "timestamp", System.getProperty("user.home"));
  }
}
