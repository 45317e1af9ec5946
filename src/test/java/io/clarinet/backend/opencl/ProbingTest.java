package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jocl.cl_platform_id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Probing for devices in JVMs of other kinds than this one. */
class ProbingTest {
  @TempDir Path folder;

  private static String probe(Map<String, String> environment, String... requests)
      throws IOException, InterruptedException {
    return probe(environment, List.of(), requests);
  }

  private static String probe(
      Map<String, String> environment, List<String> options, String... requests)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ProbeProgram.class.getName());
    command.addAll(List.of(requests));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("LD_PRELOAD");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void aLoaderWithoutDriversIsTold() throws Exception {
    assumeThat(LoaderLibrary.isPresent()).as("an OpenCL library is installed").isTrue();
    assertThat(probe(Map.of("OCL_ICD_VENDORS", "/nonexistent"), "auto", "opencl"))
        .contains("auto -> None[reason=there is an OpenCL library, but no driver")
        .contains("opencl -> None[")
        .contains("pocl-opencl-icd")
        .contains("devices []")
        .contains("division throws: true");
  }

  @Test
  void aBindingThatCannotBeLoadedIsToldAndTakesNothingDown() throws Exception {
    assumeThat(LoaderLibrary.isPresent()).as("an OpenCL library is installed").isTrue();
    // in one line, where the binding tells two stack traces
    Path blocked = Files.createFile(folder.resolve("file")).resolve("below");
    List<String> nowhereToUnpack = List.of("-Djava.io.tmpdir=" + blocked);
    // with several drivers, auto would not come so far
    Map<String, String> environment = Map.of("OCL_ICD_PLATFORM_SORT", "none");
    assertThat(probe(environment, nowhereToUnpack, "auto", "opencl"))
        .contains("auto -> None[reason=OpenCL fails: Could not create directory for temporary file")
        .contains("opencl -> None[")
        .contains("devices []");
  }

  @Test
  void aLibraryWithoutFunctionsIsToldAndTakesNothingDown() throws Exception {
    String library = folder.resolve("libOpenCL.so").toString();
    List<String> compile = List.of("cc", "-shared", "-o", library, "-x", "c", "/dev/null");
    assumeThat(new ProcessBuilder(compile).start().waitFor()).as("there is a C compiler").isZero();
    Files.copy(Path.of(library), folder.resolve("libOpenCL.so.1"));
    assertThat(probe(Map.of("LD_LIBRARY_PATH", folder.toString()), "auto", "opencl"))
        .contains("auto -> None[reason=")
        .contains("opencl -> None[")
        .contains("devices []");
  }

  @Test
  void theBindingLeavesNoFileAndNoProperty() throws Exception {
    List<String> own = List.of("-Djava.io.tmpdir=" + folder);
    assertThat(probe(Map.of(), own, "auto")).contains("unique names: null");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void withoutLibjsigAutoLeavesPoclAlone() throws Exception {
    assumeThat(platforms()).as("PoCL is installed").contains("Portable Computing Language");
    String output = probe(Map.of(), "auto");
    assertThat(output).contains("division throws: true");
    if (!output.contains("auto -> Chosen")) {
      assertThat(output).contains("auto -> None[").contains("libjsig").doesNotContain("opencl:0:0");
      assertThat(Runtime.version().feature()).isLessThan(22);
    }
  }

  @Test
  void poclThatCannotWriteItsCacheIsNoMissingDriver() throws Exception {
    assumeThat(platforms()).as("PoCL is installed").contains("Portable Computing Language");
    Map<String, String> environment = Map.of("POCL_CACHE_DIR", "/proc/none");
    assertThat(probe(environment, "portable computing language"))
        .contains("(Portable Computing Language) cannot be used: its cache fails: cannot write")
        .doesNotContain("install");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_22, disabledReason = "Java reaches signal handlers from 22 on")
  void fromJava22OnThePlatformIsAskedAndTheHandlersPutBack() throws Exception {
    assumeThat(platforms()).as("PoCL is installed").contains("Portable Computing Language");
    assertThat(probe(Map.of(), "auto"))
        .contains("auto -> Chosen[")
        .contains("division throws: true")
        .doesNotContain("replaced this JVM's signal handlers");
  }

  @Test
  void poclLeavesSignalHandlersAloneFromVersion4On() {
    assertThat(
            pocl("OpenCL 3.0 PoCL 3.1+debian  Linux, None+Asserts, RELOC").replacesSignalHandlers())
        .isTrue();
    assertThat(pocl("OpenCL 3.0 PoCL 4.0  Linux").replacesSignalHandlers()).isFalse();
    assertThat(pocl("OpenCL 3.0 PoCL 10.2").replacesSignalHandlers()).isFalse();
    assertThat(pocl("").replacesSignalHandlers()).isTrue();
    assertThat(new Platform(0, new cl_platform_id(), "Other", "", "").replacesSignalHandlers())
        .isFalse();
  }

  private static Platform pocl(String version) {
    return new Platform(0, new cl_platform_id(), Platform.POCL, version, "");
  }

  @Test
  void withoutLibjsigPoclIsAskedIfNamedAndTheDamageIsTold() throws Exception {
    assumeThat(platforms()).as("PoCL is installed").contains("Portable Computing Language");
    String output = probe(Map.of(), "portable computing language");
    assertThat(output).contains("-> Chosen[");
    if (output.contains("division throws: false")) {
      assertThat(output).contains("replaced this JVM's signal handlers").contains("LD_PRELOAD=");
    }
  }

  private static List<String> platforms() {
    return OpenCl.installation().devices(false).stream().map(ListedDevice::platform).toList();
  }

  /** The loader itself asks for devices where it finds several drivers. */
  @Test
  void withoutLibjsigAnotherDriverBesidePoclDoesNotBreakTheJvm() throws Exception {
    FakeDrivers.compile(folder);
    FakeDrivers drivers = new FakeDrivers(folder, folder).with("other").withInstalled();
    Map<String, String> environment = Map.of("OCL_ICD_VENDORS", drivers.folder().toString());
    assertThat(probe(environment, "auto")).contains("division throws: true");
    String named = probe(environment, "other device");
    assertThat(named).contains("other device -> Chosen[");
    if (named.contains("division throws: false")) {
      assertThat(named).containsOnlyOnce("replaced this JVM's signal handlers");
    }
  }

  @Test
  void theLibraryIsFoundWhereTheLinkerFindsIt() throws IOException {
    assertThat(LoaderLibrary.isPresent(folder, Map.of())).isFalse();
    Files.createDirectories(folder.resolve("etc"));
    Files.writeString(folder.resolve("etc/ld.so.cache"), "\0libOpenCL.so.1\0/usr/lib\0");
    assertThat(LoaderLibrary.isPresent(folder, Map.of())).isTrue();
  }

  @Test
  void theLibraryIsFoundInTheUsersOwnFolder() throws IOException {
    Path own = Files.createDirectories(folder.resolve("own"));
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", "/nonexistent:" + own);
    assertThat(LoaderLibrary.isPresent(folder, environment)).isFalse();
    Files.createFile(own.resolve("libOpenCL.so.1"));
    assertThat(LoaderLibrary.isPresent(folder, environment)).isTrue();
  }
}
