package io.clarinet.artifact;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What this build made, and what tests start: paths that Surefire was told by the module's POM. */
final class Built {
  private Built() {}

  /** The names of what others take. */
  static List<String> artifacts() {
    return List.of(
        "clarinet",
        "clarinet-server",
        "clarinet-grpc",
        "clarinet-cli",
        "clarinet-djl",
        "clarinet-spark");
  }

  /** The library's jar. */
  static Path library() {
    return path("artifact.library");
  }

  /** The list of the jars that the library needs, as a class path. */
  static Path libraryDependencies() {
    return library().resolveSibling("runtime-classpath.txt");
  }

  /** The command line's jar. */
  static Path cli() {
    return path("artifact.cli");
  }

  /** The jar for Spark. */
  static Path spark() {
    return path("artifact.spark");
  }

  /** The version of all artifacts. */
  static String version() {
    return property("artifact.version");
  }

  /** This module's folder for what tests write. */
  static Path work() {
    return path("artifact.work");
  }

  /** A jar that others bring, of a version of theirs. */
  static Path other(String artifact, String version) {
    return work().resolve("others").resolve(artifact + "-" + version + ".jar");
  }

  /** Maven's command. */
  static Path maven() {
    return path("maven.home").resolve("bin").resolve(isWindows() ? "mvn.cmd" : "mvn");
  }

  /** Maven's local repository, where everything lies that the build itself took. */
  static Path localRepository() {
    return path("maven.repo.local");
  }

  /** The folder into which Maven has just deployed the other modules, where it was told to. */
  static Optional<Path> repository() {
    String told = System.getProperty("altDeploymentRepository", "");
    String url = told.substring(Math.max(0, told.lastIndexOf("::") + 2));
    return url.startsWith("file:")
        ? Optional.of(Path.of(url.replaceFirst("^file:(//)?", "")))
        : Optional.empty();
  }

  /** The JVM that runs the tests. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }

  private static Path path(String key) {
    return Path.of(property(key)).toAbsolutePath().normalize();
  }

  private static String property(String key) {
    String value = System.getProperty(key);
    if (value == null) {
      throw new IllegalStateException(
          key + " is not set: run these tests by Maven, from verify on");
    }
    return value;
  }
}
