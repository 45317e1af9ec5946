package io.clarinet.cli;

import io.clarinet.cli.Completion.Command;
import io.clarinet.cli.Completion.Flag;
import io.clarinet.cli.Completion.Values;
import java.util.List;
import java.util.stream.Collectors;

/** Completion for zsh, as a function to load or a script to source. */
final class ZshCompletion {
  private static final String HEAD =
      """
      #compdef clarinet
      # zsh completion for clarinet, as `clarinet completion zsh` prints it
      _clarinet() {
        local context state state_descr line
        typeset -A opt_args
        _arguments -C '(- *)'{-h,--help}'[show help]' '(- *)'{-V,--version}'[show the version]' \\
          '1:command:->command' '*::argument:->argument'
        if [[ $state = command ]]; then
          local -a commands
          commands=(
      """;
  private static final String BETWEEN =
      """
          )
          _describe command commands
          return
        fi
        [[ $state = argument ]] || return 0
        case $words[1] in
      """;
  private static final String TAIL =
      """
        esac
      }
      if [ "$funcstack[1]" = _clarinet ]; then
        _clarinet "$@"
      else
        compdef _clarinet clarinet
      fi
      """;

  private ZshCompletion() {}

  static String of(Completion completion) {
    StringBuilder script = new StringBuilder(HEAD);
    for (Command command : completion.commands()) {
      script.append(
          "      %s%n"
              .formatted(quoted(command.name() + ":" + command.description().replace(":", "\\:"))));
    }
    script.append(BETWEEN);
    completion.commands().forEach(command -> append(command, script));
    return script + TAIL;
  }

  private static void append(Command command, StringBuilder script) {
    script.append("    %s)%n      _arguments".formatted(command.name()));
    for (Flag flag : command.flags()) {
      script.append(" \\\n        ").append(flag(flag));
    }
    if (!command.takes().equals(Values.NONE)) {
      script.append(" \\\n        ").append(quoted("*:argument:" + action(command.takes())));
    }
    script.append("\n      ;;\n");
  }

  /** Such as {@code '*--device=[where it runs]:value:(auto cpu opencl)'}. */
  private static String flag(Flag flag) {
    Values values = flag.values();
    List<String> names = flag.names();
    String suffix = values == null ? "" : "=";
    String spec =
        "["
            + flag.description().replaceAll("([\\[\\]])", "\\\\$1")
            + "]"
            + (values == null ? "" : ":value:" + action(values));
    return names.stream()
        .map(name -> quoted((values == null ? "" : "*") + name + suffix + spec))
        .collect(Collectors.joining(" \\\n        "));
  }

  private static String action(Values values) {
    String words = String.join(" ", values.words());
    if (values.files()) {
      return words.isEmpty() ? "_files" : "{compadd -- " + words + "; _files}";
    }
    return words.isEmpty() ? " " : "(" + words + ")";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
