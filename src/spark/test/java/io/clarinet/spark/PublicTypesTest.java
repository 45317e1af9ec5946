package io.clarinet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Of the library this module uses what {@code src/docs/public-api.md} lists, and two types more.
 */
class PublicTypesTest {
  private static final Path PAGE = Path.of("src", "docs", "public-api.md");
  private static final Path CLASSES = Path.of("target", "spark", "classes");
  private static final Pattern ROW = Pattern.compile("\\| (?:`(.+?)`|\\(root\\)) \\| (`.+`) \\|");

  /** As {@code classify} uses them, for the same answers. */
  private static final Set<String> BESIDE =
      Set.of("io.clarinet.classify.PictureInput", "io.clarinet.tensor.BatchAxis");

  private static Set<String> listed() throws IOException {
    Set<String> listed = new TreeSet<>(BESIDE);
    for (String line : Files.readAllLines(PAGE)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        for (String type : row.group(2).replace("`", "").split(", ")) {
          listed.add("io.clarinet." + (row.group(1) == null ? "" : row.group(1) + ".") + type);
        }
      }
    }
    return listed;
  }

  @Test
  void usesWhatIsListed() throws IOException {
    Set<String> used = new TreeSet<>();
    for (JavaClass type : new ClassFileImporter().importPath(CLASSES)) {
      type.getDirectDependenciesFromSelf().stream()
          .map(arrow -> arrow.getTargetClass().getBaseComponentType().getName())
          .filter(name -> name.startsWith("io.clarinet."))
          .filter(name -> !name.startsWith("io.clarinet.spark."))
          .map(name -> name.replaceFirst("\\$.*", ""))
          .forEach(used::add);
    }
    assertThat(used).contains("io.clarinet.Model").isSubsetOf(listed());
  }
}
