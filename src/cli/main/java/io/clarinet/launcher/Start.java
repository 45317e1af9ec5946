package io.clarinet.launcher;

import io.clarinet.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The main class of the executable jar. What a JVM needs for commands, such as options and a
 * preloaded library, must be there when it starts, so this one starts another with all of that and
 * waits for it. Where nothing is missing, or the system property {@code clarinet.restart} is {@code
 * false}, the commands run in this one.
 */
public final class Start {
  /** The process that started this one; a JVM that has it never starts another. */
  static final String STARTED_BY = "clarinet.startedBy";

  private Start() {}

  /** Runs a command, here or in another JVM, and exits with its status. */
  public static void main(String[] arguments) throws InterruptedException {
    Long parent = Long.getLong(STARTED_BY);
    if (parent != null) {
      Child.endWith(parent);
    } else if (mayRestart() && runsSomething(arguments)) {
      restart(arguments);
    }
    Main.main(arguments);
  }

  /** Returns where this JVM has all, or another cannot be started. */
  private static void restart(String... arguments) throws InterruptedException {
    Host host = Host.current();
    JvmSettings missing = JvmSettings.missing(host, arguments[0]);
    if (missing.isNone() || host.listens()) {
      return;
    }
    int status;
    try {
      status = new Child(host, missing).run(arguments);
    } catch (IOException e) {
      return;
    }
    Runtime.getRuntime().halt(status);
  }

  private static boolean runsSomething(String... arguments) {
    return arguments.length > 0
        && Stream.of(arguments).noneMatch(Set.of("--help", "-h", "--version", "-V")::contains);
  }

  /** Whether it is not forbidden, and there is a java and a class path to do it with. */
  private static boolean mayRestart() {
    Path java = Path.of(System.getProperty("java.home")).resolve(Child.java());
    return !"false".equals(System.getProperty("clarinet.restart"))
        && !Start.class.getModule().isNamed()
        && Files.isRegularFile(java);
  }
}
