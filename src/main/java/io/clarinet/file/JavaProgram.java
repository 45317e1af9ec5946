package io.clarinet.file;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The program {@code java} of the runtime that this process has, for processes beside it. */
public final class JavaProgram {
  /** The runtime's folder. */
  public static final Path HOME = Path.of(System.getProperty("java.home", ""));

  /** Options in the environment may be such as only one JVM can have. */
  private static final List<String> OPTION_VARIABLES =
      List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  private JavaProgram() {}

  /** Where it should lie. */
  public static Path path() {
    return HOME.resolve("bin")
        .resolve(OperatingSystem.CURRENT == OperatingSystem.WINDOWS ? "java.exe" : "java");
  }

  /** It; empty where the runtime has none, as one within an application may. */
  public static Optional<Path> find() {
    return Optional.of(path()).filter(Files::isExecutable);
  }

  /** The class path of such a process. */
  public static String classPath(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** Takes the options of this process's JVM out of the environment of another. */
  public static void leaveOptions(Map<String, String> environment) {
    OPTION_VARIABLES.forEach(environment::remove);
  }
}
