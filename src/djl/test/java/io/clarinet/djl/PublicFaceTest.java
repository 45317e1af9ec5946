package io.clarinet.djl;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine sees of the library what is public, and of itself shows its provider only. */
class PublicFaceTest {
  private static final Path PAGE = Path.of("src", "docs", "public-api.txt");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^public .*?\\b(?:class|record|enum|interface) ([\\w.]+)");
  private static final String OWN = "io.clarinet.djl";

  private static final Set<JavaClass> CLASSES =
      Set.copyOf(
          new ClassFileImporter()
              .withImportOption(location -> !location.contains("/test-classes/"))
              .importPackages(OWN));

  @Test
  void seesWhatIsPublicAlone() throws IOException {
    Set<String> known =
        TYPE.matcher(Files.readString(PAGE))
            .results()
            .map(type -> "io.clarinet." + type.group(1))
            .collect(Collectors.toSet());
    Set<String> hidden = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
        String target = arrow.getTargetClass().getBaseComponentType().getName().replace('$', '.');
        if (target.startsWith("io.clarinet.")
            && !target.startsWith(OWN + ".")
            && !known.contains(target)) {
          hidden.add(arrow.getDescription());
        }
      }
    }
    assertThat(hidden).isEmpty();
  }

  @Test
  void showsItsProviderOnly() {
    assertThat(CLASSES)
        .filteredOn(type -> type.getModifiers().toString().contains("PUBLIC"))
        .filteredOn(type -> type.isTopLevelClass())
        .extracting(JavaClass::getSimpleName)
        .containsExactly("ClarinetEngineProvider");
  }
}
