package io.clarinet.cli.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvTest {
  private static final String CHARACTERS = "a,\"\n\r \täé;'\\";

  @Test
  void onlyWhatMustBeIsQuoted() {
    assertThat(Csv.line(List.of("a b.jpg", "tench", "0.5", ""))).isEqualTo("a b.jpg,tench,0.5,\n");
    assertThat(Csv.line(List.of("a,b", "say \"a\"", "x\ny", " z")))
        .isEqualTo("\"a,b\",\"say \"\"a\"\"\",\"x\ny\",\" z\"\n");
  }

  @Test
  void whateverIsWrittenIsReadAgain() throws IOException {
    Random random = Fresh.random();
    for (int n = 0; n < 1000; n++) {
      List<String> values = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        values.add(text(random));
      }
      String line = Csv.line(values);
      assertThat(Csv.values(line)).isEqualTo(values);
      byte[] file = (line + "rest").getBytes(StandardCharsets.UTF_8);
      WholeLines lines = new WholeLines(new ByteArrayInputStream(file), true);
      assertThat(lines.next()).isEqualTo(line);
      assertThat(lines.next()).isNull();
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return text.toString();
  }
}
