package io.clarinet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a shell can complete of the command line, read off picocli's model of it.
 *
 * @param commands all of them, the launcher's too
 */
record Completion(List<Command> commands) {

  /**
   * A command.
   *
   * @param takes what stands after it beside options
   */
  record Command(String name, String description, List<Flag> flags, Values takes) {}

  /**
   * An option.
   *
   * @param names all of its names, with dashes
   * @param values what it takes; null for one that takes nothing
   */
  record Flag(
      List<String> names, String description, @org.jspecify.annotations.Nullable Values values) {

    boolean takesValue() {
      return values != null;
    }
  }

  /**
   * What may stand in a place.
   *
   * @param files whether a file may, beside the words
   */
  record Values(List<String> words, boolean files) {
    static final Values NONE = new Values(List.of(), false);
  }

  static Completion of(CommandLine line) {
    return new Completion(
        line.getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(spec -> !spec.usageMessage().hidden())
            .map(Completion::command)
            .toList());
  }

  private static Command command(CommandSpec spec) {
    return new Command(
        spec.name(),
        String.join(" ", spec.usageMessage().header()),
        spec.options().stream().filter(o -> !o.hidden()).map(o -> flag(o, spec)).toList(),
        spec.positionalParameters().isEmpty()
            ? Values.NONE
            : values(spec.positionalParameters().get(0)));
  }

  private static Flag flag(OptionSpec option, CommandSpec spec) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    if (option.negatable()) {
      for (String name : option.names()) {
        names.add(spec.negatableOptionTransformer().makeNegative(name, spec));
      }
    }
    boolean takes = option.arity().max() > 0;
    return new Flag(names, String.join(" ", option.description()), takes ? values(option) : null);
  }

  private static Values values(ArgSpec arg) {
    List<String> words = new ArrayList<>();
    Iterable<String> known = arg.completionCandidates();
    if (known != null) {
      known.forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
    }
    boolean path = Stream.of(arg.auxiliaryTypes()).anyMatch(Path.class::equals);
    return new Values(words, path || known instanceof Words.OrFile);
  }
}
