package io.clarinet.cli;

import picocli.CommandLine.Command;

/** Commands that the launcher carries out before any JVM starts; here they are only listed. */
final class LauncherCommands {
  private LauncherCommands() {}

  @Command(
      name = "setup",
      mixinStandardHelpOptions = true,
      header = "Builds Clarinet, and installs an OpenCL driver.")
  static final class Setup implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("run this through the launcher: ./clarinet setup");
    }
  }

  @Command(name = "test", mixinStandardHelpOptions = true, header = "Runs the whole test suite.")
  static final class Test implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("run this through the launcher: ./clarinet test");
    }
  }
}
