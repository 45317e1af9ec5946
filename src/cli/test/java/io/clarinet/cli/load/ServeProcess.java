package io.clarinet.cli.load;

import io.clarinet.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code serve} in a JVM of its own, with what the launcher gives it. */
final class ServeProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("ready at ([^\\s,]+)(?:, gRPC at ([^\\s,]+))?");

  private final Process process;
  private final String url;
  private final @Nullable String grpc;

  private ServeProcess(Process process, String url, @Nullable String grpc) {
    this.process = process;
    this.url = url;
    this.grpc = grpc;
  }

  /** Starts a server on any port, and waits until it is ready. */
  static ServeProcess start(Path log, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmn192m"));
    command.add("-XX:MaxDirectMemorySize=64g");
    command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:GuaranteedSafepointInterval=0"));
    command.add("-XX:AsyncDeflationInterval=10000");
    command.add("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "serve", "--port", "0"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    Path libjsig = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
    if (Files.exists(libjsig)) {
      builder.environment().putAll(Map.of("LD_PRELOAD", libjsig.toString(), "POCL_AFFINITY", "1"));
    }
    Process process = builder.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return new ServeProcess(process, ready.group(1), ready.group(2));
      }
    }
    throw new IOException("the server ended before it was ready: " + Files.readString(log));
  }

  Address address() {
    return Address.of(url, null);
  }

  /** Where it answers gRPC; null if it does not. */
  @Nullable String grpc() {
    return grpc;
  }

  long pid() {
    return process.pid();
  }

  /** Seconds that it had a processor. */
  double processorSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() * 1e-9;
  }

  /** The threads of a process, where Linux tells of them. */
  static List<Path> threads(long pid) throws IOException {
    Path tasks = Path.of("/proc/" + pid + "/task");
    if (!Files.exists(tasks)) {
      return List.of();
    }
    try (Stream<Path> threads = Files.list(tasks)) {
      return threads.toList();
    }
  }

  /**
   * Nanoseconds that a thread had a processor, finer than the 10 ms that a process's are told in.
   */
  static double nanos(Path thread) throws IOException {
    return Double.parseDouble(Files.readString(thread.resolve("schedstat")).split(" ", -1)[0]);
  }

  /** Tells it to end, as a service's manager does. */
  void terminate() {
    process.destroy();
  }

  /** Ends it as if the machine failed. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Its exit status, once it has ended. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the server did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
