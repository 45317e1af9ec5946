package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the code to the table of packages in {@code src/docs/architecture.md}. */
class ArchitectureTest {
  private static final Path PAGE = Path.of("src", "docs", "architecture.md");
  private static final String ROOT = "(root)";
  private static final Pattern PACKAGE = Pattern.compile("`([a-z.0-9]+)`|\\(root\\)");
  private static final String EXCEPTIONS = "exceptions of";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ArchitectureTest::isNoTest)
          .importPackages("io.clarinet");

  private static final Map<String, Row> TABLE = table();

  /**
   * A row of the page.
   *
   * @param may packages that it may use
   * @param exceptions packages of which it may use the exceptions
   */
  private record Row(Set<String> may, Set<String> exceptions) {}

  /** Leaves out where this module's tests lie, and the library's: a folder or a jar each. */
  private static boolean isNoTest(Location location) {
    return Stream.of(ArchitectureTest.class, Fresh.class)
        .map(test -> test.getProtectionDomain().getCodeSource().getLocation().getPath())
        .noneMatch(location::contains);
  }

  private static Map<String, Row> table() {
    Map<String, Row> table = new LinkedHashMap<>();
    for (String line : section()) {
      String[] cells = line.split("\\|", -1);
      List<String> own = cells.length == 5 ? names(cells[1]) : List.of();
      if (own.size() == 1) {
        int split = cells[3].indexOf(EXCEPTIONS);
        String may = split < 0 ? cells[3] : cells[3].substring(0, split);
        String exceptions = split < 0 ? "" : cells[3].substring(split);
        table.put(own.get(0), new Row(Set.copyOf(names(may)), Set.copyOf(names(exceptions))));
      }
    }
    return table;
  }

  /** The lines from the heading of the table up to the next heading. */
  private static List<String> section() {
    try {
      return Files.readAllLines(PAGE).stream()
          .dropWhile(line -> !line.equals("## Packages"))
          .skip(1)
          .takeWhile(line -> !line.startsWith("## "))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(String cell) {
    return PACKAGE
        .matcher(cell)
        .results()
        .map(m -> m.group(1) == null ? ROOT : m.group(1))
        .collect(Collectors.toList());
  }

  /** The row of a package: its own, or that of the nearest package around it. */
  private static String row(JavaClass type) {
    String name = type.getPackageName().replaceFirst("^io\\.clarinet\\.?", "");
    String known = name;
    while (!known.isEmpty() && !TABLE.containsKey(known)) {
      known = known.substring(0, Math.max(0, known.lastIndexOf('.')));
    }
    assertThat(known.isEmpty() && !name.isEmpty()).as("%s has no row in %s", name, PAGE).isFalse();
    return known.isEmpty() ? ROOT : known;
  }

  @Test
  void packagesUseWhatTheirRowsName() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
        JavaClass target = arrow.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith("io.clarinet") && !isAllowed(type, target)) {
          wrong.add(row(type) + " uses " + row(target) + ": " + arrow.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean isAllowed(JavaClass from, JavaClass to) {
    Row row = TABLE.get(row(from));
    return row(from).equals(row(to))
        || row.may().contains(row(to))
        || (row.exceptions().contains(row(to)) && to.isAssignableTo(RuntimeException.class));
  }

  @Test
  void rowsNameOnlyRowsAbove() {
    List<String> above = new ArrayList<>();
    TABLE.forEach(
        (name, row) -> {
          assertThat(above)
              .as("above %s", name)
              .containsAll(row.may())
              .containsAll(row.exceptions());
          above.add(name);
        });
  }

  @Test
  void everyRowHasClasses() {
    Set<String> found = CLASSES.stream().map(ArchitectureTest::row).collect(Collectors.toSet());
    assertThat(found).containsExactlyInAnyOrderElementsOf(TABLE.keySet());
  }

  /** But for those of gRPC's messages, which its protocol names. */
  @Test
  void simpleNamesStandOnce() {
    assertThat(
            CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getPackageName().equals("io.clarinet.grpc.proto"))
                .map(JavaClass::getSimpleName))
        .filteredOn(name -> !name.equals("package-info"))
        .filteredOn(name -> !name.isEmpty())
        .doesNotHaveDuplicates();
  }

  @Test
  void oneRoomSeesJocl() {
    assertThat(CLASSES)
        .filteredOn(
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(a -> a.getTargetClass().getPackageName().startsWith("org.jocl")))
        .allMatch(type -> type.getPackageName().equals("io.clarinet.backend.opencl"));
  }
}
