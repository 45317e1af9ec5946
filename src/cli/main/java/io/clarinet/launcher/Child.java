package io.clarinet.launcher;

import io.clarinet.file.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The JVM that runs the commands of one that lacks something. */
final class Child {
  private static final Path SHELL = Path.of("/bin/sh");

  private final Host host;
  private final JvmSettings added;

  Child(Host host, JvmSettings added) {
    this.host = host;
    this.added = added;
  }

  /** The place of the program in a JDK. */
  static Path java() {
    boolean windows = OperatingSystem.CURRENT == OperatingSystem.WINDOWS;
    return Path.of("bin", windows ? "java.exe" : "java");
  }

  /** Starts it on this process's own descriptors. */
  private Process start(String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(Host.OPTION_VARIABLES);
    environment.putAll(added.variables());
    List<String> command = new ArrayList<>();
    if (host.system() != OperatingSystem.WINDOWS && Files.isExecutable(SHELL)) {
      environment.put("CLARINET_STDOUT_FD", "0");
      boolean reads = List.of(arguments).contains("-");
      if (reads) {
        environment.put("CLARINET_STDIN_FD", "3");
      }
      command.addAll(swapped(reads));
    }
    command.addAll(command(arguments));
    return builder.command(command).inheritIO().start();
  }

  /**
   * A shell that becomes the JVM, after handing standard output over as descriptor 0: native code
   * prints on descriptor 1 as it likes.
   *
   * @param reads whether standard input is needed too, as descriptor 3
   */
  private static List<String> swapped(boolean reads) {
    String swap = (reads ? "exec 3<&0; " : "") + "exec 0>&1 1>&2; exec \"$@\"";
    return List.of(SHELL.toString(), "-c", swap, "clarinet");
  }

  /** The options come first that what the user gave overrules. */
  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(host.javaHome().resolve(java()).toString());
    command.addAll(added.options());
    command.addAll(host.given());
    command.add("-D" + Start.STARTED_BY + "=" + ProcessHandle.current().pid());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Start.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Runs it, and gives its exit status. What ends this process from outside ends it too, from its
   * first moment: a signal is passed on, but for Windows, where a console tells all its processes
   * and a process can only be ended at once.
   *
   * @throws IOException if it cannot be started
   */
  int run(String... arguments) throws IOException, InterruptedException {
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread passOn = new Thread(() -> started.thenAccept(this::end).exceptionally(e -> null).join());
    Runtime.getRuntime().addShutdownHook(passOn);
    try {
      Process child = start(arguments);
      started.complete(child);
      return child.waitFor();
    } catch (IOException e) {
      started.completeExceptionally(e);
      throw e;
    }
  }

  /** Halts by the child's status, which the thread that waits for it might be too late to do. */
  private void end(Process child) {
    if (host.system() != OperatingSystem.WINDOWS) {
      child.destroy();
    }
    Runtime.getRuntime().halt(child.onExit().join().exitValue());
  }

  /** Ends this process when the one that waits for it is ended without a chance to say so. */
  static void endWith(long parent) {
    CompletableFuture<ProcessHandle> end =
        ProcessHandle.of(parent)
            .map(ProcessHandle::onExit)
            .orElse(CompletableFuture.completedFuture(ProcessHandle.current()));
    CompletableFuture<Void> unused = end.thenRun(() -> System.exit(1));
  }
}
