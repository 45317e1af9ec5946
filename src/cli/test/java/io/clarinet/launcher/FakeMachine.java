package io.clarinet.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A checkout with the real launcher, a JDK and a Maven that only write down how they were called,
 * and a folder in place of /etc/OpenCL/vendors. All paths have a space.
 */
final class FakeMachine {
  private static final String VENDORS = "/etc/OpenCL/vendors";
  private static final String GROUPS = "/sys/fs/cgroup";

  /** Files that the build depends on, of the library and of two modules. */
  static final List<String> SOURCES =
      List.of(
          "pom.xml",
          "opencl/a.cl",
          "src/pom.xml",
          "src/main/A.java",
          "src/cli/pom.xml",
          "src/cli/main/B.java",
          "src/later/pom.xml",
          "src/later/main/java/C.java");

  /** Files that the build does not depend on. */
  static final List<String> OTHERS =
      List.of(
          "src/docs/a.md", "src/test/ATest.java", "src/cli/test/BTest.java", "src/train/pom.xml");

  /** The end of a command: status and output. */
  record Result(int status, String out, String err) {}

  final Path root;
  final Path checkout;
  final Path vendors;
  final Path jdk;
  final Map<String, String> environment = new TreeMap<>();
  private final Path tools;

  FakeMachine(Path folder) throws IOException {
    root = folder;
    checkout = Files.createDirectories(folder.resolve("check out"));
    vendors = Files.createDirectories(folder.resolve("vendors"));
    tools = Files.createDirectories(folder.resolve("tools"));
    jdk = folder.resolve("a jdk");
    copyLauncher();
    for (String file : SOURCES) {
      write(checkout.resolve(file), "");
    }
    for (String file : OTHERS) {
      write(checkout.resolve(file), "");
    }
    addJdk("17.0.15", "java.base jdk.incubator.vector java.xml");
    tool(
        "mvn",
        """
        echo "$* LD_PRELOAD=${LD_PRELOAD:-} JAVA_HOME=$JAVA_HOME" >>"%1$s/maven.log"
        echo noise of Maven
        case "$*" in *package*) mkdir -p "%2$s"; : >"%2$s/clarinet-cli.jar" ;; esac\
        """
            .formatted(root, checkout.resolve("target/cli/lib")));
    environment.put("PATH", tools + ":/usr/bin:/bin");
    environment.put("JAVA_HOME", jdk.toString());
  }

  private void copyLauncher() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/launcher"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        write(checkout.resolve(file), Files.readString(file));
      }
    }
    String launcher = Files.readString(Path.of("clarinet"));
    if (!launcher.contains(VENDORS)) {
      throw new AssertionError("the launcher no longer names " + VENDORS);
    }
    if (!launcher.contains(GROUPS)) {
      throw new AssertionError("the launcher no longer names " + GROUPS);
    }
    write(
        launcher(),
        launcher
            .replace(VENDORS, vendors.toString().replace(" ", "\\ "))
            .replace(GROUPS, root.resolve("cgroup").toString()));
    launcher().toFile().setExecutable(true);
  }

  Path launcher() {
    return checkout.resolve("clarinet");
  }

  void addJdk(String version, String modules) throws IOException {
    write(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
    Path libjsig = Files.createDirectories(jdk.resolve("lib")).resolve("libjsig.so");
    if (!Files.exists(libjsig)) {
      Files.copy(Path.of(System.getProperty("java.home"), "lib/libjsig.so"), libjsig);
    }
    script(jdk.resolve("bin/javac"), "");
    script(
        jdk.resolve("bin/java"),
        "exec >&\"$CLARINET_STDOUT_FD\"; for a; do echo \"<$a>\"; "
            + "case $a in -XX:ArchiveClassesAtExit=*) : >\"${a#*=}\" ;; esac; done; "
            + "[ -z \"${CLARINET_STDIN_FD-}\" ] || { read -r line <&3; echo \"LIST=$line\"; }; "
            + "echo \"LD_PRELOAD=${LD_PRELOAD:-}\"; "
            + "echo \"LD_LIBRARY_PATH=${LD_LIBRARY_PATH:-}\"; echo \"PIN=${POCL_AFFINITY-unset}\"; "
            + "echo \"CACHES=${XDG_CACHE_HOME-unset},${POCL_CACHE_DIR-unset}\"; "
            + "echo \"THREADS=${POCL_MAX_PTHREAD_COUNT-unset}\"");
  }

  /** Sets the quota of the control group. */
  void quota(String file, String text) throws IOException {
    write(root.resolve("cgroup").resolve(file), text + "\n");
  }

  void addDriver() throws IOException {
    write(vendors.resolve("a.icd"), "libx.so");
  }

  /** Puts a command on the PATH. */
  void tool(String name, String body) throws IOException {
    script(tools.resolve(name), body);
  }

  private static void script(Path file, String body) throws IOException {
    write(file, "#!/bin/sh\n" + body + "\n");
    file.toFile().setExecutable(true);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Makes a source newer than whatever was built. */
  void touch(String source) throws IOException {
    Files.setLastModifiedTime(
        checkout.resolve(source), FileTime.from(Instant.now().plusSeconds(5)));
  }

  /** Maven's calls. */
  List<String> mavenCalls() throws IOException {
    Path log = root.resolve("maven.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  Result clarinet(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  Result run(List<String> command) throws IOException, InterruptedException {
    Path out = root.resolve("out");
    Path err = root.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.directory(root.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    int status = builder.start().waitFor();
    return new Result(status, Files.readString(out), Files.readString(err));
  }
}
