package io.clarinet.cli;

import io.clarinet.file.AtomicFile;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code clarinet <command> [options]}. */
@Command(
    name = "clarinet",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Runs convolutional networks on any OpenCL device, or on the CPU.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet classify",
      "  clarinet classify --model googlenet.onnx --preprocess caffe dog.jpg",
      "  clarinet profile --help"
    },
    subcommands = {
      ClassifyCommand.class,
      HeatmapCommand.class,
      RunCommand.class,
      BenchCommand.class,
      ServeCommand.class,
      InfoCommand.class,
      DevicesCommand.class,
      DoctorCommand.class,
      ExplainCommand.class,
      ProfileCommand.class,
      VerifyCommand.class,
      ConformanceCommand.class,
      ZooCommand.class,
      ConvertCommand.class,
      PullCommand.class,
      CompletionCommand.class,
      LauncherCommands.Setup.class,
      LauncherCommands.Test.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  /** Runs one command and exits with its status: 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(AtomicFile::dropUnfinished));
    System.exit(run(Console.ofProcess(), arguments));
  }

  /** Runs one command and gives its status. */
  static int run(Console console, String... arguments) {
    CommandLine line = commandLine(console);
    line.setParameterExceptionHandler((e, args) -> Failure.report(console, e, args));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> Failure.report(console, e, arguments));
    int status = execute(line, console, arguments);
    IOException lost = console.failure();
    if (lost != null) {
      console.errors().println("clarinet: cannot write standard output: " + lost.getMessage());
    }
    return lost != null && status == 0 ? 1 : status;
  }

  /** All commands, as they are parsed and explained. */
  static CommandLine commandLine(Console console) {
    CommandLine line = new CommandLine(new Main(), new CommandFactory(console));
    line.setOut(console.text());
    line.setErr(console.errors());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.terminal().colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    setApart(line);
    line.getSubcommands().values().forEach(Main::setApart);
    return line;
  }

  /** The parts of its help, by blank lines. */
  private static void setApart(CommandLine command) {
    CommandLine.Model.UsageMessageSpec help = command.getCommandSpec().usageMessage();
    help.synopsisHeading("%nUsage: ").commandListHeading("%nCommands:%n");
    if (command.getCommandSpec().positionalParameters().isEmpty()) {
      help.optionListHeading("%n");
    } else {
      help.parameterListHeading("%n");
    }
  }

  /** Errors, which picocli lets pass, end a command as exceptions do. */
  @SuppressWarnings("CatchingUnchecked")
  private static int execute(CommandLine line, Console console, String... arguments) {
    try {
      int status = line.execute(arguments);
      console.flush();
      return status;
    } catch (Throwable e) {
      return Failure.report(console, e, arguments);
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "Which command?");
  }
}
