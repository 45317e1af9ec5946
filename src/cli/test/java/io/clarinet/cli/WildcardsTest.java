package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.clarinet.file.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsTest {
  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    for (String name :
        List.of("b.jpg", "a.jpg", ".hidden.jpg", "c.png", "one/x.jpg", "two/x.jpg")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private List<String> found(String pattern) throws IOException {
    return Wildcards.files(List.of(folder + "/" + pattern)).stream()
        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
        .toList();
  }

  @Test
  void patternsNameTheFilesThatMatchInOrder() throws IOException {
    assertThat(found("*.jpg")).containsExactly("a.jpg", "b.jpg");
    assertThat(found("?.jpg")).containsExactly("a.jpg", "b.jpg");
    assertThat(found(".*.jpg")).containsExactly(".hidden.jpg");
    assertThat(found("*/x.jpg")).containsExactly("one/x.jpg", "two/x.jpg");
    assertThat(found("t*/*.jpg")).containsExactly("two/x.jpg");
    assertThat(found("a.jpg")).containsExactly("a.jpg");
  }

  @Test
  void argumentsKeepTheirOrder() throws IOException {
    String c = folder + "/c.png";
    assertThat(Wildcards.files(List.of(c, folder + "/*.jpg", c)))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("c.png", "a.jpg", "b.jpg", "c.png");
    assertThat(Wildcards.expand(List.of("resnet18:64x64:10", c)))
        .containsExactly("resnet18:64x64:10", c);
  }

  @Test
  void aPatternWithoutMatchIsAFileThatIsMissing() throws IOException {
    assumeThat(OperatingSystem.CURRENT).isNotEqualTo(OperatingSystem.WINDOWS);
    assertThat(found("*.gif")).containsExactly("*.gif");
    assertThat(found("none/*.jpg")).containsExactly("none/*.jpg");
    assertThat(found("a.jpg/*")).containsExactly("a.jpg/*");
  }

  @Test
  void aFileMayHaveSuchAName() throws IOException {
    assumeThat(OperatingSystem.CURRENT).isNotEqualTo(OperatingSystem.WINDOWS);
    Files.createFile(folder.resolve("?.jpg"));
    assertThat(found("?.jpg")).containsExactly("?.jpg");
  }

  @Test
  void aModelIsOneFile() throws IOException {
    assertThat(Wildcards.one(folder + "/*.png")).endsWith("c.png");
    assertThat(Wildcards.one("resnet18:64x64:10")).isEqualTo("resnet18:64x64:10");
    assertThatThrownBy(() -> Wildcards.one(folder + "/*.jpg"))
        .hasMessage("%s/*.jpg names 2 files, %s first; name one", folder, folder.resolve("a.jpg"));
  }

  @ParameterizedTest
  @CsvSource({
    "WINDOWS, *.jpg, '', '*.jpg'",
    "WINDOWS, C:*.jpg, C:, '*.jpg'",
    "WINDOWS, C:\\a b\\*.jpg, C:\\a b\\, '*.jpg'",
    "WINDOWS, C:/x/y*\\z/?.jpg, C:/x/, 'y*|z|?.jpg'",
    "WINDOWS, \\\\server\\share\\*.jpg, \\\\server\\share\\, '*.jpg'",
    "LINUX, /x//*.jpg, /x//, '*.jpg'",
    "LINUX, a:b\\*.jpg, '', 'a:b\\*.jpg'"
  })
  void eachSystemSeparatesNames(
      OperatingSystem system, String argument, String start, String names) {
    Wildcards split = Wildcards.of(argument, system);
    assertThat(split.folder()).isEqualTo(start);
    assertThat(split.names()).containsExactly(names.split("\\|", -1));
  }

  @Test
  void namesMatchAsTheSystemComparesThem() {
    assertThat("DOG.JPG").matches(Wildcards.pattern("*.jpg", OperatingSystem.WINDOWS));
    assertThat("DOG.JPG").doesNotMatch(Wildcards.pattern("*.jpg", OperatingSystem.LINUX));
    assertThat("a[1]{b}.jpg").matches(Wildcards.pattern("a[1]{b}.*", OperatingSystem.LINUX));
    assertThat("\ud83d\ude00.jpg").matches(Wildcards.pattern("?.jpg", OperatingSystem.LINUX));
  }
}
