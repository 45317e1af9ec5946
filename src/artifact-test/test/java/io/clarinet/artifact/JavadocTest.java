package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Javadoc that is published. */
class JavadocTest {
  private static final Path PAGE = Path.of("src", "docs", "public-api.md");
  private static final Pattern ROW = Pattern.compile("\\| (?:`(.+?)`|\\(root\\)) \\| (`.+`) \\|");
  private static final Pattern HTML =
      Pattern.compile("io/clarinet/(?:([a-z]+)/)?([A-Z][A-Za-z0-9]*)\\.html");

  @Test
  void hasAPageForEachTypeThatIsPublicAndForNoOther() throws IOException {
    Set<String> promised = new TreeSet<>();
    for (String line : Files.readAllLines(PAGE)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        for (String type : row.group(2).replace("`", "").split(", ")) {
          promised.add(row.group(1) == null ? type : row.group(1) + "." + type);
        }
      }
    }
    assertThat(promised).hasSizeGreaterThan(30).isEqualTo(pages());
  }

  private static Set<String> pages() throws IOException {
    Jar jar = new Jar(Built.library().resolveSibling("clarinet-javadoc.jar"));
    return jar.names().stream()
        .map(HTML::matcher)
        .filter(page -> page.matches())
        .map(page -> page.group(1) == null ? page.group(2) : page.group(1) + "." + page.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
