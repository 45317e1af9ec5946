package io.clarinet.cli;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion}: a script by which a shell completes command lines of this program. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    header = "Prints what a shell needs to complete command lines.",
    description =
        "%nCommands, options, their values, networks of the zoo, and files. Install it once:%n%n"
            + "  clarinet completion bash >~/.local/share/bash-completion/completions/clarinet%n"
            + "  clarinet completion zsh >~/.zfunc/_clarinet    # a folder of $fpath%n"
            + "  clarinet completion fish >~/.config/fish/completions/clarinet.fish",
    footerHeading = "%nExamples:%n",
    footer = {"  clarinet completion bash"})
final class CompletionCommand implements Runnable {
  private final Console console;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
  @Nullable Shell shell;

  /** The shells that there is a script for. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Completion completion = Completion.of(Objects.requireNonNull(spec).root().commandLine());
    String script =
        switch (Objects.requireNonNull(shell)) {
          case BASH -> BashCompletion.of(completion);
          case ZSH -> ZshCompletion.of(completion);
          case FISH -> FishCompletion.of(completion);
        };
    console.text().print(script);
  }
}
