package io.clarinet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** The package table of the design: what each stage of the path may use. */
@AnalyzeClasses(packages = "io.clarinet", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {
  /**
   * Leaves out where this module's tests lie, and where the library's do: a folder or a jar each.
   */
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return Stream.of(ArchitectureTest.class, Fresh.class)
          .map(test -> test.getProtectionDomain().getCodeSource().getLocation())
          .noneMatch(place -> location.contains(place.getPath()));
    }
  }

  @ArchTest static final ArchRule file = mayUse("file");
  @ArchTest static final ArchRule tensor = mayUse("tensor", "file");
  @ArchTest static final ArchRule kernel = mayUse("kernel", "tensor");
  @ArchTest static final ArchRule op = mayUse("op", "kernel", "tensor");
  @ArchTest static final ArchRule graph = mayUse("graph", "op", "tensor");
  @ArchTest static final ArchRule zoo = mayUse("zoo", "graph", "op", "tensor");

  @ArchTest
  static final ArchRule importer = mayUse("importer", "zoo", "graph", "op", "tensor", "file");

  @ArchTest static final ArchRule pass = mayUse("pass", "graph", "op", "tensor");
  @ArchTest static final ArchRule plan = mayUse("plan", "graph", "op", "kernel", "tensor");
  @ArchTest static final ArchRule image = mayUse("image", "tensor", "file");

  @ArchTest
  static final ArchRule openCl = mayUse("backend.opencl", "plan", "kernel", "tensor", "file");

  @ArchTest static final ArchRule cpu = mayUse("backend.cpu", "plan", "op", "kernel", "tensor");

  @ArchTest
  static final ArchRule joclInOneRoom =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.clarinet.backend.opencl..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.jocl..");

  @ArchTest
  static final ArchRule nobodyUsesTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.clarinet.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.clarinet.cli..");

  @ArchTest
  static final ArchRule noCycles = slices().matching("io.clarinet.(*)..").should().beFreeOfCycles();

  private static ArchRule mayUse(String own, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = "io.clarinet." + own + "..";
    for (int i = 0; i < others.length; i++) {
      allowed[i + 1] = "io.clarinet." + others[i] + "..";
    }
    return classes()
        .that()
        .resideInAPackage(allowed[0])
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("io.clarinet..")).or(resideInAnyPackage(allowed)))
        .allowEmptyShould(true);
  }
}
