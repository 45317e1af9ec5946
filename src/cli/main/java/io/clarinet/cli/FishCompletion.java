package io.clarinet.cli;

import io.clarinet.cli.Completion.Command;
import io.clarinet.cli.Completion.Flag;
import io.clarinet.cli.Completion.Values;

/** Completion for fish. */
final class FishCompletion {
  private final StringBuilder script =
      new StringBuilder(
          """
          # fish completion for clarinet, as `clarinet completion fish` prints it
          complete -c clarinet -f
          """);

  private FishCompletion() {}

  static String of(Completion completion) {
    FishCompletion fish = new FishCompletion();
    fish.complete("__fish_use_subcommand", "-s h -l help", "show help");
    fish.complete("__fish_use_subcommand", "-s V -l version", "show the version");
    for (Command command : completion.commands()) {
      fish.complete("__fish_use_subcommand", "-a " + command.name(), command.description());
    }
    completion.commands().forEach(fish::add);
    return fish.script.toString();
  }

  private void add(Command command) {
    String here = "__fish_seen_subcommand_from " + command.name();
    if (!command.takes().equals(Values.NONE)) {
      complete(here, files(command.takes()) + words(command.takes()), "");
    }
    for (Flag flag : command.flags()) {
      StringBuilder names = new StringBuilder();
      for (String name : flag.names()) {
        names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1));
      }
      Values values = flag.values();
      String takes = values == null ? "" : " -r" + files(values) + words(values);
      complete(here, names.toString().strip() + takes, flag.description());
    }
  }

  private void complete(String condition, String what, String description) {
    script.append("complete -c clarinet -n '").append(condition).append("' ").append(what.strip());
    if (!description.isEmpty()) {
      script.append(" -d ").append(quoted(description));
    }
    script.append('\n');
  }

  private static String files(Values values) {
    return values.files() ? " -F" : " -f";
  }

  private static String words(Values values) {
    return values.words().isEmpty() ? "" : " -a '" + String.join(" ", values.words()) + "'";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
