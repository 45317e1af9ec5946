package io.clarinet.cli;

import io.clarinet.cli.Completion.Command;
import io.clarinet.cli.Completion.Flag;
import io.clarinet.cli.Completion.Values;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completion for bash, from 3.2 (macOS) on. */
final class BashCompletion {
  private static final String HEAD =
      """
      # bash completion for clarinet, as `clarinet completion bash` prints it
      _clarinet() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        local command='' words='' files='' i
        [ "$word" != = ] || word=
        [ "$before" != = ] || before=${COMP_WORDS[COMP_CWORD-2]}
        for ((i = 1; i < COMP_CWORD; i++)); do
          case ${COMP_WORDS[i]} in
            -*) ;;
            *) command=${COMP_WORDS[i]}; break ;;
          esac
        done
        case $command in
      """;
  private static final String TAIL =
      """
        esac
        COMPREPLY=()
        while IFS= read -r i; do
          COMPREPLY+=("$i")
        done < <(
          [ -z "$words" ] || compgen -W "$words" -- "$word"
          [ -z "$files" ] || compgen -f -- "$word"
        )
        [ -z "$files" ] || compopt -o filenames 2>/dev/null || :
      }
      complete -F _clarinet clarinet
      """;

  private BashCompletion() {}

  static String of(Completion completion) {
    List<String> names = completion.commands().stream().map(Command::name).toList();
    String first = "    '') words='%s --help --version' ;;%n".formatted(String.join(" ", names));
    return HEAD
        + first
        + completion.commands().stream().map(BashCompletion::command).collect(Collectors.joining())
        + TAIL;
  }

  private static String command(Command command) {
    StringBuilder script = new StringBuilder();
    script.append("    %s)%n      case $before in%n".formatted(command.name()));
    for (Flag flag : command.flags()) {
      Values values = flag.values();
      if (values != null) {
        script.append("        %s) %s;;%n".formatted(String.join("|", flag.names()), set(values)));
      }
    }
    String options =
        command.flags().stream()
            .flatMap(flag -> flag.names().stream())
            .collect(Collectors.joining(" "));
    script.append(
        """
                *)
                  case $word in
                    -*) words='%s' ;;
                    *) %s;;
                  esac
                  ;;
              esac
              ;;
        """
            .indent(0)
            .formatted(options, set(command.takes())));
    return script.toString();
  }

  /** Assignments of what may stand in a place. */
  private static String set(Values values) {
    return Stream.of(
            values.words().isEmpty() ? "" : "words='" + String.join(" ", values.words()) + "' ",
            values.files() ? "files=1 " : "")
        .collect(Collectors.joining());
  }
}
