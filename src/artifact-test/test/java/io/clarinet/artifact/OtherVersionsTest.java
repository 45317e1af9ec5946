package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The library beside other versions of what it needs, and of protobuf, which it does not need. */
class OtherVersionsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"3.25.8, 2.15.4, 1.7.36", "4.31.1, 2.22.4, 2.0.17", ", 2.15.4, 2.0.17"})
  void works(String protobuf, String jackson, String slf4j) throws Exception {
    List<Path> others = new ArrayList<>();
    others.add(Built.other("jackson-core", jackson));
    others.add(Built.other("slf4j-api", slf4j));
    others.add(Built.other("slf4j-simple", slf4j));
    if (protobuf != null) {
      others.add(Built.other("protobuf-java", protobuf));
    }
    GuestProgram.compile(folder, folder);
    GuestProgram.assertWorked(
        GuestProgram.run(
            List.of(
                Built.java().toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                classPath(others),
                "app.Main",
                folder.toString())));
  }

  /** The program, others' jars, the library, and what is left of what it needs. */
  private String classPath(List<Path> others) throws IOException {
    assertThat(others).allMatch(Files::exists);
    List<String> path = new ArrayList<>(List.of(folder.toString()));
    others.forEach(jar -> path.add(jar.toString()));
    path.add(Built.library().toString());
    Arrays.stream(Files.readString(Built.libraryDependencies()).strip().split(File.pathSeparator))
        .filter(jar -> !Path.of(jar).getFileName().toString().matches("(jackson|slf4j)-.*"))
        .forEach(path::add);
    assertThat(path).filteredOn(jar -> jar.contains("protobuf")).hasSizeLessThan(2);
    return String.join(File.pathSeparator, path);
  }

  /** What no run of a test may come by: every call of the library's, in the oldest versions. */
  @Test
  void everyCallIsInTheOldest() throws Exception {
    List<Path> oldest =
        List.of(Built.other("jackson-core", "2.15.4"), Built.other("slf4j-api", "1.7.36"));
    Calls calls = Calls.of(Built.library(), "com/fasterxml/jackson/", "org/slf4j/");
    assertThat(calls.all()).anyMatch(call -> call.contains("JsonParser.nextToken"));
    assertThat(calls.all()).anyMatch(call -> call.contains("Logger.warn"));
    assertThat(calls.missingFrom(oldest)).isEmpty();
  }
}
