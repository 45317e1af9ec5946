package io.clarinet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
  @TempDir Path folder;

  @Test
  void imageNetHasAThousandDistinctNames() {
    Labels labels = Labels.imageNet();
    assertThat(labels.names()).hasSize(1000).doesNotHaveDuplicates();
    assertThat(labels.name(0)).isEqualTo("tench");
    assertThat(labels.name(285)).isEqualTo("Egyptian cat");
    assertThat(labels.name(517)).isEqualTo("crane (machine)");
    assertThat(labels.name(999)).isEqualTo("toilet tissue");
    assertThat(labels.name(1000)).isEqualTo("class 1000");
  }

  @Test
  void imageNetIsInTheOrderOfItsIds() throws IOException {
    try (InputStream in = Labels.class.getResourceAsStream("imagenet.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text.lines().map(line -> line.substring(0, 9))).isSorted();
      assertThat(text.length()).isLessThan(60_000);
    }
  }

  @Test
  void cifarHasTen() {
    assertThat(Labels.cifar10().size()).isEqualTo(10);
    assertThat(Labels.cifar10().name(3)).isEqualTo("cat");
    assertThat(Labels.numbered(2).names()).containsExactly("class 0", "class 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tench\ngreat white shark",
        "tench, great white shark",
        "[\"tench\", \"great white shark\"]",
        "{0: 'tench', 1: 'great white shark'}",
        "{0: 'tench', 1: \"great white shark\",}",
        "['tench', 'great white shark']"
      })
  void readsTheFormsInWhichMetadataAreWritten(String text) throws IOException {
    assertThat(Labels.parse("here", text).names()).containsExactly("tench", "great white shark");
  }

  @Test
  void pythonsQuotesAreUnderstood() throws IOException {
    Labels labels = Labels.parse("here", "{0: \"jack-o'-lantern\", 1: 'rock \\'n\\' roll'}");
    assertThat(labels.names()).containsExactly("jack-o'-lantern", "rock 'n' roll");
    assertThatThrownBy(() -> Labels.parse("here", "{0: 'a', 2: 'b'}"))
        .hasMessageContaining("here")
        .hasMessageContaining("none for class 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tench\ngreat white shark\n",
        "\ufefftench\r\ngreat white shark",
        "n01440764 tench\nn01484850  great white shark\n",
        "[\"tench\", \"great white shark\"]",
        "{\"1\": \"great white shark\", \"0\": \"tench\"}",
        "{\"0\": [\"n01440764\", \"tench\"], \"1\": [\"n01484850\", \"great_white_shark\"]}"
      })
  void readsTheUsualForms(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("labels"), text);
    assertThat(Labels.read(file).names()).containsExactly("tench", "great white shark");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` ` | the file is empty",
        "`a\n\nb` | line 2 is empty",
        "`{\"0\": \"a\"` | not valid JSON",
        "{\"0\": \"a\", \"2\": \"b\"} | there are 2 entries, but none for class 1",
        "[[], \"b\"] | class 0 is neither a name",
        "[1] | class 0 is neither a name",
        "{} | the JSON names no class",
      })
  void otherTextIsRefused(String text, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("labels.txt"), text);
    assertThatThrownBy(() -> Labels.read(file))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason);
  }

  @Test
  void binaryAndMissingFilesAreRefused() throws IOException {
    Path file = Files.write(folder.resolve("labels"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> Labels.read(file)).hasMessageContaining("no UTF-8 text");
    Files.write(file, new byte[] {'a', 0, 'b'});
    assertThatThrownBy(() -> Labels.read(file)).hasMessageContaining("holds zero bytes");
    assertThatThrownBy(() -> Labels.read(folder.resolve("none")))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> Labels.read(folder)).hasMessage(folder + ": is a folder");
  }
}
