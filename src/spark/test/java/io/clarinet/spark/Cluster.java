package io.clarinet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Executors in JVMs of their own, two with a core each, started by {@code spark-submit} as users
 * start it: Spark from a folder of its jars, and of ours the one jar.
 */
final class Cluster {
  private static final Path TARGET = Path.of("target", "spark");
  private static final Path JAR = TARGET.resolve("clarinet-spark.jar");
  private static final Path HOME = TARGET.resolve("home").toAbsolutePath();
  private static final long MINUTES = 10;

  private Cluster() {}

  /** Puts what Maven resolves of Spark, and nothing of ours, where a distribution has it. */
  static void layHome() throws IOException {
    Path jars = Files.createDirectories(HOME.resolve("jars"));
    List<Path> ours = list("runtime-classpath.txt");
    for (Path jar : list("provided-classpath.txt")) {
      Path link = jars.resolve(jar.getFileName());
      if (!ours.contains(jar) && !Files.exists(link)) {
        Files.createSymbolicLink(link, jar);
      }
    }
  }

  private static List<Path> list(String name) throws IOException {
    String text = Files.readString(TARGET.resolve(name)).strip();
    return Arrays.stream(text.split(File.pathSeparator)).map(Path::of).toList();
  }

  /** Starts the job, with its output in a log beside the folder of answers. */
  static Process submit(Path log, String... arguments) throws IOException {
    assertThat(JAR).exists();
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
    for (String name : System.getProperty("spark.opens").split(" ")) {
      command.addAll(List.of("--add-opens", name + "=ALL-UNNAMED"));
    }
    command.addAll(List.of("-cp", HOME.resolve("jars") + File.separator + "*"));
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master"));
    command.addAll(List.of("local-cluster[2,1,2048]", "--conf", "spark.executor.memory=2g"));
    command.addAll(List.of("--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--class", "io.clarinet.spark.ClassifyJob", JAR.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", HOME.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder.start();
  }

  /** Waits until so many tasks have written their files; fails if the job ended before. */
  static void awaitFiles(Process job, Path output, int count) throws Exception {
    while (files(output) < count) {
      assertThat(job.isAlive()).as("the job, with %d files", files(output)).isTrue();
      Thread.sleep(20);
    }
  }

  static long files(Path output) throws IOException {
    if (!Files.isDirectory(output)) {
      return 0;
    }
    try (var files = Files.list(output)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  /** The executors: what else the driver does runs inside of it. */
  static List<ProcessHandle> executors(Process job) {
    return job.children().toList();
  }

  static void awaitSuccess(Process job, Path log) throws Exception {
    assertThat(job.waitFor(MINUTES, TimeUnit.MINUTES)).as("ended").isTrue();
    assertThat(job.exitValue()).as(() -> log(log)).isZero();
  }

  private static String log(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
