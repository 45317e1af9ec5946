package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
  private static final String PROGRAM = "  clarinet ";

  /** The whole command line, as it is started. */
  static CommandLine commandLine() {
    return Main.commandLine(
        new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));
  }

  static Stream<String> commands() {
    return commandLine().getSubcommands().keySet().stream();
  }

  private static String help(CommandLine command) {
    return command.getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsEightyColumns(String name) {
    CommandLine command = commandLine().getSubcommands().get(name);
    assertThat(help(command).lines())
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
    assertThat(command.getCommandSpec().options())
        .filteredOn(option -> option.description().length != 1)
        .as("descriptions that are not broken where a terminal ends")
        .extracting(OptionSpec::longestName)
        .isEmpty();
  }

  /** Each command has one line in the list. */
  @Test
  void theListIsAsLongAsThereAreCommands() {
    String list = help(commandLine());
    assertThat(list.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    String commands = list.substring(list.indexOf("Commands:"), list.indexOf("Examples:"));
    assertThat(commands.strip().lines()).hasSize(1 + (int) commands().count());
  }

  @Test
  void everyExampleIsRightUsage() {
    List<CommandLine> all = new ArrayList<>(commandLine().getSubcommands().values());
    all.add(commandLine());
    int examples = 0;
    for (CommandLine command : all) {
      for (String line : command.getCommandSpec().usageMessage().footer()) {
        assertThat(line).startsWith(PROGRAM);
        String[] words = line.substring(PROGRAM.length()).split(" +");
        assertThatCode(() -> commandLine().parseArgs(words)).as(line).doesNotThrowAnyException();
        assertThat(Arrays.asList(words)).doesNotContain("");
        examples++;
      }
    }
    assertThat(examples).isGreaterThan(15);
  }

  @Test
  void everyCommandThatIsOursHasAnExample() {
    assertThat(commandLine().getSubcommands().values())
        .filteredOn(c -> c.getCommandSpec().userObject().getClass().getEnclosingClass() == null)
        .allSatisfy(c -> assertThat(c.getCommandSpec().usageMessage().footer()).isNotEmpty());
  }
}
