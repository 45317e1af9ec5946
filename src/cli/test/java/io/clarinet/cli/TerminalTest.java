package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.cli.Terminal.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

  /** Variables joined by commas; on a terminal, and on none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TERM=xterm                              | true  | false",
        "TERM=dumb                               | false | false",
        "''                                      | false | false",
        "WT_SESSION=1                            | true  | false",
        "TERM=xterm,NO_COLOR=                    | true  | false",
        "TERM=xterm,NO_COLOR=0                   | false | false",
        "TERM=xterm,CLICOLOR=0                   | false | false",
        "CLICOLOR_FORCE=1                        | true  | true",
        "FORCE_COLOR=1,TERM=dumb                 | true  | true",
        "CLICOLOR_FORCE=0                        | false | false",
        "CLICOLOR_FORCE=1,NO_COLOR=1,TERM=xterm  | false | false"
      })
  void coloursAreSeenWhereTheyAreWanted(String variables, boolean onTerminal, boolean inPipe) {
    assertThat(Terminal.of(true, environment(variables)).colour()).isEqualTo(onTerminal);
    assertThat(Terminal.of(false, environment(variables)).colour()).isEqualTo(inPipe);
  }

  private static Map<String, String> environment(String variables) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.isEmpty() ? new String[0] : variables.split(",")) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return environment;
  }

  @Test
  void columnsAreAsTheEnvironmentSaysButForPipes() {
    Map<String, String> environment = Map.of("COLUMNS", "132");
    assertThat(Terminal.of(true, environment).width()).isEqualTo(132);
    assertThat(Terminal.of(false, environment).width()).isEqualTo(Integer.MAX_VALUE);
    assertThat(Terminal.of(true, Map.of("COLUMNS", "3")).width()).isEqualTo(20);
    assertThat(Terminal.of(true, Map.of("COLUMNS", "wide")).width()).isBetween(20, 9999);
  }

  @Test
  void whatIsNoTerminalGetsNoEscapes() {
    assertThat(Terminal.NONE.styled(Style.BAD, "text")).isEqualTo("text");
    Terminal colour = new Terminal(true, true, () -> 80);
    assertThat(colour.styled(Style.BAD, "text")).isEqualTo("\u001b[31mtext\u001b[0m");
    assertThat(colour.styled(Style.PLAIN, "text")).isEqualTo("text");
  }

  @Test
  void escapesAreWrittenInOnePlace() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("src", "cli", "main"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files.stream().filter(TerminalTest::writesEscapes).map(Path::getFileName))
        .containsExactly(Path.of("Terminal.java"));
  }

  private static boolean writesEscapes(Path file) {
    try {
      String text = Files.readString(file);
      return text.contains("\\u001b") || text.contains("\\033") || text.contains("\u001b");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
