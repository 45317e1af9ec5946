package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of options names what the code and the launcher read, and nothing else. */
class OptionsPageTest {
  private static final Path PAGE = Path.of("src", "docs", "options.md");

  /** A property's name; those of events go on with a capital. */
  private static final String PROPERTY = "(clarinet(?:\\.[a-z][a-zA-Z]*)+)";

  private static final String VARIABLE = "(CLARINET_[A-Z_]+)";

  private static Set<String> found(String pattern, Stream<Path> files) {
    Set<String> found = new TreeSet<>();
    files.forEach(
        file ->
            Pattern.compile(pattern)
                .matcher(text(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(found::add));
    return found;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Java files of all modules, tests left out. */
  private static Stream<Path> sources() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("src"))) {
      files =
          all.filter(file -> file.toString().matches("src/([a-z]+/)?main/java/.*\\.java")).toList();
    }
    assertThat(files).hasSizeGreaterThan(100);
    return files.stream();
  }

  private static Stream<Path> launcher() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("src", "launcher"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    return Stream.concat(Stream.of(Path.of("clarinet")), files.stream());
  }

  @Test
  void everySystemPropertyStandsThere() throws IOException {
    assertThat(found("`" + PROPERTY + "`", Stream.of(PAGE)))
        .isEqualTo(found("\"" + PROPERTY + "\"", sources()));
  }

  @Test
  void everyVariableStandsThere() throws IOException {
    Set<String> read = found("\"" + VARIABLE + "\"", sources());
    read.addAll(found(VARIABLE, launcher()));
    assertThat(found("`" + VARIABLE + "(?:=1)?`", Stream.of(PAGE))).isEqualTo(read);
  }
}
