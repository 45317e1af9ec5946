package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The launcher knows commands by their names: those that there are. */
class LauncherCommandsTest {
  /** They take the name of a device and compute on none. */
  private static final Set<String> COMPUTE_NOTHING = Set.of("devices", "convert", "info");

  private final Map<String, CommandLine> commands =
      new CommandLine(
              new Main(),
              new CommandFactory(
                  new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream())))
          .getSubcommands();

  private Set<String> commands(Predicate<CommandLine> which) {
    return commands.entrySet().stream()
        .filter(command -> which.test(command.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The words that a pattern's group finds in the launcher. */
  private static Set<String> launcher(String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(Path.of("clarinet")))
        .results()
        .map((MatchResult match) -> match.group(1))
        .flatMap(words -> Pattern.compile("[ |]+").splitAsStream(words.strip()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void itInstallsADriverForEveryCommandThatComputesOnADevice() throws IOException {
    Set<String> computing = commands(c -> c.getCommandSpec().findOption("--device") != null);
    computing.removeAll(COMPUTE_NOTHING);
    assertThat(launcher("wants_device\\(\\) \\{\\s+case \\S+ in\\s+([a-z |]+)\\) ;;"))
        .isEqualTo(computing);
  }

  @Test
  void itCarriesOutTheCommandsThatTheJvmOnlyLists() throws IOException {
    Set<String> listed =
        commands(
            c ->
                c.getCommandSpec().userObject().getClass().getEnclosingClass()
                    == LauncherCommands.class);
    assertThat(launcher("case \\S+ in\\s+([a-z |]+)\\)\\s+\\. \"\\$home/src/launcher"))
        .isEqualTo(listed);
    for (String command : listed) {
      assertThat(Path.of("src", "launcher", command + ".sh")).exists();
    }
  }

  @Test
  void itTreatsNoCommandSpeciallyThatIsMissing() throws IOException {
    assertThat(commands.keySet())
        .containsAll(launcher("\"\\$command\" = ([a-z]+)"))
        .containsAll(launcher("case \"\\$\\*\" in \"([a-z]+) \"\\*"));
  }
}
