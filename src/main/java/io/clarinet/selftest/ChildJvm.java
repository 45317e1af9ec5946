package io.clarinet.selftest;

import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.backend.opencl.OpenClFiles;
import io.clarinet.backend.opencl.OpenClOptions;
import io.clarinet.file.JavaProgram;
import io.clarinet.kernel.Uninterrupted;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JVM that runs {@link CaseServer} on a device. */
final class ChildJvm implements AutoCloseable {
  /** In place of an answer, where the process has ended. */
  private static final String END = "";

  /** Limits that a process may take that gets no processor; one on a GPU that hangs takes them. */
  private static final int LONGEST = 3;

  /** Looks at the processors' time within a limit. */
  private static final int CHECKS = 8;

  private static final Pattern FRAME = Pattern.compile("# Problematic frame:\\R# (.*)");

  private final Process process;
  private final Path errors;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private volatile String printed = "";

  private ChildJvm(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    Thread reader = new Thread(this::read, "clarinet-self-test");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts one.
   *
   * @throws NoSiteException if that is not possible
   */
  static ChildJvm start(ListedDevice device, OpenClOptions options) {
    List<Path> classPath = OpenClFiles.classPath();
    Path java =
        JavaProgram.find()
            .orElseThrow(() -> new NoSiteException("there is no " + JavaProgram.path()));
    if (classPath.isEmpty()) {
      throw new NoSiteException("Clarinet and JOCL are not files of a class path");
    }
    try {
      Path errors = Files.createTempFile("clarinet-self-test", ".log");
      Files.delete(errors);
      ProcessBuilder builder =
          new ProcessBuilder(command(java, errors, classPath, device, options));
      adapt(builder.environment());
      return new ChildJvm(builder.redirectErrorStream(true).start(), errors);
    } catch (IOException e) {
      throw new NoSiteException(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> command(
      Path java, Path errors, List<Path> classPath, ListedDevice device, OpenClOptions options) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(
        List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + errors,
            "-Xmx512m"));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Dclarinet.cache=" + options.cache());
    if (options.kernels() != null) {
      command.add("-Dclarinet.kernels=" + options.kernels());
    }
    if (options.chain() != null) {
      command.add("-Dclarinet.chain=" + options.chain());
    }
    command.add("-cp");
    command.add(JavaProgram.classPath(classPath));
    command.add(CaseServer.class.getName());
    command.add(device.id());
    if (Boolean.TRUE.equals(options.binaries())) {
      command.add(CaseServer.KEEP_BINARIES);
    }
    return command;
  }

  /** PoCL's compiler must not take the JVM's signal handlers ({@code signal-handlers.md}). */
  private static void adapt(Map<String, String> environment) {
    JavaProgram.leaveOptions(environment);
    Path libjsig = JavaProgram.HOME.resolve("lib").resolve("libjsig.so");
    String preload = environment.getOrDefault("LD_PRELOAD", "");
    if (Files.exists(libjsig) && !preload.contains("libjsig")) {
      environment.put(
          "LD_PRELOAD", preload.isEmpty() ? libjsig.toString() : libjsig + ":" + preload);
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int mark = line.indexOf(Answers.MARK);
        if (mark >= 0) {
          answers.add(line.substring(mark + Answers.MARK.length()));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          printed = line.strip();
        }
      }
    } catch (IOException e) {
      printed = e.toString();
    }
    answers.add(END);
  }

  /** Hands a message over; it may be lost where the process ends. */
  void send(byte[] message) throws IOException {
    process.getOutputStream().write(message);
    process.getOutputStream().flush();
  }

  /**
   * The next answer; null where there was none for so long, or the process has ended. Where the
   * machine is so busy that the process had less time than that, it is waited for longer.
   */
  @Nullable String answer(Duration limit) {
    long begun = System.nanoTime();
    Duration worked = worked();
    String line = poll(limit);
    while (line == null
        && worked().minus(worked).compareTo(limit) < 0
        && System.nanoTime() - begun < LONGEST * limit.toNanos()) {
      line = poll(limit.dividedBy(CHECKS));
    }
    return END.equals(line) ? null : line;
  }

  private @Nullable String poll(Duration limit) {
    AtomicReference<@Nullable String> line = new AtomicReference<>();
    Uninterrupted.await(() -> line.set(answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS)));
    return line.get();
  }

  /** Time that processors have given to it; zero where the system does not tell. */
  private Duration worked() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** How the process ended, a phrase for people; empty if it has not. */
  String end() {
    AtomicBoolean ended = new AtomicBoolean();
    Uninterrupted.await(() -> ended.set(process.waitFor(1, TimeUnit.SECONDS)));
    return !ended.get()
        ? ""
        : "ended its process with exit status " + process.exitValue() + lastWords();
  }

  private String lastWords() {
    try {
      Matcher frame = FRAME.matcher(Files.exists(errors) ? Files.readString(errors) : "");
      if (frame.find()) {
        return ", in " + frame.group(1).strip();
      }
    } catch (IOException e) {
      // then only what it printed is known
    }
    return printed.isEmpty() ? "" : ", printing \"" + printed + "\"";
  }

  @Override
  public void close() {
    process.destroyForcibly();
    errors.toFile().delete();
  }
}
