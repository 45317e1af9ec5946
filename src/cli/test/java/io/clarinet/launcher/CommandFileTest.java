package io.clarinet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.file.OperatingSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of Windows, read: there is no {@code cmd} here to run it. */
class CommandFileTest {
  private static final Path FILE = Path.of("clarinet.cmd");
  private static final Pattern OPTIONS =
      Pattern.compile("(?:if %version% (GEQ|LEQ) (\\d+) \\(?\\s*)?set \"options=([^\"]*)\"");

  private static String text() throws IOException {
    return Files.readString(FILE, StandardCharsets.US_ASCII);
  }

  /** {@code cmd} loses labels in a file with bare line feeds. */
  @Test
  void linesEndAsCmdWantsThem() throws IOException {
    assertThat(text()).endsWith("\r\n").doesNotContainPattern("[^\r]\n").doesNotContain("\t");
    assertThat(Path.of(".gitattributes")).content().contains("*.cmd -text\n");
  }

  @Test
  void everyLabelThatIsCalledIsThere() throws IOException {
    List<String> called =
        Pattern.compile("(?:call|goto) :(\\w+)")
            .matcher(text())
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(called).isNotEmpty().allSatisfy(label -> assertThat(text()).contains("\n:" + label));
  }

  /** The first of two labels is taken, and a block that is cut by one never ends. */
  @Test
  void labelsStandOnceAndBlocksEndBeforeThem() throws IOException {
    List<String> parts = List.of(text().split("\r\n:"));
    List<String> labels =
        parts.stream().skip(1).map(part -> part.lines().findFirst().get()).toList();
    assertThat(labels).doesNotHaveDuplicates();
    assertThat(parts)
        .allSatisfy(part -> assertThat(count(part, " \\(\r\n")).isEqualTo(count(part, "\r\n\\)")));
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 21, 22, 25, 26})
  void optionsAreThoseOfTheExecutableJar(int java) throws IOException {
    Host host =
        new Host(OperatingSystem.WINDOWS, java, Path.of("jdk"), List.of(), Map.of(), false, 0);
    JvmSettings settings = JvmSettings.missing(host);
    assertThat(settings.variables()).isEmpty();
    assertThat(options(java)).containsExactlyInAnyOrderElementsOf(settings.options());
  }

  private static Stream<String> options(int java) throws IOException {
    return OPTIONS
        .matcher(text())
        .results()
        .filter(line -> line.group(1) == null || isMet(line.group(1), line.group(2), java))
        .filter(line -> !line.group(3).contains("--add-modules") || java > 25)
        .flatMap(line -> Stream.of(line.group(3).replace("%options%", "").trim().split(" +")));
  }

  private static boolean isMet(String relation, String version, int java) {
    int bound = Integer.parseInt(version);
    return relation.equals("GEQ") ? java >= bound : java <= bound;
  }
}
