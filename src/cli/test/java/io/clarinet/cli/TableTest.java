package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.cli.Table.Column;
import io.clarinet.cli.Terminal.Style;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final String LONG = "features.denseblock4.denselayer16.conv2";

  private static String print(Terminal terminal) {
    Table table =
        new Table(
            Column.names("layer", 10),
            Column.names("kernel", 8),
            Column.texts("output").goes(2),
            Column.numbers("ms"),
            Column.numbers("floor").goes(1));
    table.row(LONG, "conv2d_winograd_f4", "1x32x7x7", "12.250", "0.1");
    table.note("not conv2d_direct: predicted 12.5 ms against 12.25 ms");
    table.row(Style.WARNING, "fc", "dense", "1x1000", "0.5", "");
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true), terminal);
    return text.toString();
  }

  private static List<String> at(int columns) {
    return print(new Terminal(true, false, () -> columns)).lines().toList();
  }

  @Test
  void aPipeLosesNothing() {
    assertThat(print(Terminal.NONE))
        .isEqualTo(
            """
            layer                                    kernel              output        ms  floor
            features.denseblock4.denselayer16.conv2  conv2d_winograd_f4  1x32x7x7  12.250    0.1
                not conv2d_direct: predicted 12.5 ms against 12.25 ms
            fc                                       dense               1x1000       0.5
            """);
    assertThat(at(84)).isEqualTo(print(Terminal.NONE).lines().toList());
  }

  @Test
  void namesLoseTheirMiddleFirst() {
    assertThat(at(60))
        .contains("layer             kernel             output        ms  floor")
        .contains("feature…16.conv2  conv2d_w…ograd_f4  1x32x7x7  12.250    0.1");
  }

  @Test
  void thenColumnsGoThatMatterLess() {
    assertThat(at(45).get(0)).contains("output", "floor");
    assertThat(at(44).get(0)).contains("kernel", "ms", "floor").doesNotContain("output");
    assertThat(at(34).get(0)).contains("kernel", "ms").doesNotContain("output", "floor");
    assertThat(at(28)).contains("feat…conv2  con…d_f4  12.250");
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 29, 34, 35, 36, 40, 44, 45, 46, 60, 83, 84, 85})
  void noLineIsLongerThanTheTerminal(int columns) {
    assertThat(at(columns))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
  }

  @Test
  void notesAreBrokenBetweenWords() {
    assertThat(at(40))
        .containsSubsequence("    not conv2d_direct: predicted 12.5 ms", "    against 12.25 ms");
  }

  @ParameterizedTest
  @CsvSource({"12, abcdefghijkl", "11, abcde…hijkl", "4, a…kl", "1, …"})
  void theEndsOfANameTellMost(int room, String name) {
    assertThat(Table.shortened("abcdefghijkl", room)).isEqualTo(name);
  }

  @Test
  void namesFromFilesSteerNoTerminal() {
    Table table = new Table(Column.names("", 4));
    table.row("a\u001b[2J\nb");
    table.note("\u001b]0;c");
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true), Terminal.NONE);
    assertThat(text.toString()).isEqualTo("a?[2J b\n    ?]0;c\n");
  }

  @Test
  void whatStandsOutDoesSoInColourAlone() {
    String coloured = print(new Terminal(true, true, () -> 84));
    assertThat(coloured).contains("\u001b[1mlayer").contains("\u001b[33mfc");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(print(Terminal.NONE));
  }
}
