package io.clarinet.cli.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFileTest {
  private static final String HEAD = "name,value\n";
  private static final List<String> LINES =
      List.of("ä,1\n", "\"a\nb\",2\n", "\"\"\"\n\",3\n", "d,4\n", "\"\n\n\",5\n");

  private Path file;

  @BeforeEach
  void place(@TempDir Path folder) {
    file = folder.resolve("a.csv");
  }

  private static byte[] whole(String head) {
    return (head + String.join("", LINES)).getBytes(StandardCharsets.UTF_8);
  }

  /** Wherever the writer was killed. */
  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, true", "5, true", "8, true", "2, false"})
  void whatWasCutAnywhereIsGoneOnWithByGroups(int group, boolean headed) throws IOException {
    String head = headed ? HEAD : "";
    byte[] whole = whole(head);
    for (int cut = 0; cut <= whole.length; cut++) {
      Files.write(file, Arrays.copyOf(whole, cut));
      try (LineFile lines = LineFile.open(file, head, true, group, LINES.size())) {
        int kept = (int) lines.lines();
        assertThat(kept == LINES.size() || kept % group == 0).isTrue();
        lines.append(LINES.subList(kept, LINES.size()));
        assertThat(lines.lines()).isEqualTo(LINES.size());
      }
      assertThat(file).as("cut at %d", cut).hasBinaryContent(whole);
    }
  }

  @Test
  void allWholeGroupsAreKept() throws IOException {
    Files.writeString(file, HEAD + String.join("", LINES.subList(0, 3)) + "\"d");
    try (LineFile lines = LineFile.open(file, HEAD, true, 2, 5)) {
      assertThat(lines.lines()).isEqualTo(2);
      assertThat(file).hasContent(HEAD + LINES.get(0) + LINES.get(1));
    }
  }

  @Test
  void oneWritesAtATime() throws IOException {
    try (LineFile first = LineFile.open(file, HEAD, true, 1, 5)) {
      assertThatThrownBy(() -> LineFile.open(file, HEAD, true, 1, 5))
          .hasMessageContaining("a.csv: another run writes it");
      first.append(LINES);
    }
    assertThat(file).hasBinaryContent(whole(HEAD));
  }

  @Test
  void aFileOfMoreLinesIsAnother() throws IOException {
    Files.write(file, whole(HEAD));
    assertThatThrownBy(() -> LineFile.open(file, HEAD, true, 1, 4))
        .hasMessageContaining("lines of more than 4 pictures");
    assertThat(file).hasBinaryContent(whole(HEAD));
  }

  @Test
  void theFileThatCannotBeWrittenIsNamed() throws IOException {
    Path none = file.resolveSibling("none").resolve("a.csv");
    assertThatThrownBy(() -> LineFile.open(none, "", true, 1, 4)).hasMessageContaining("" + none);
  }
}
