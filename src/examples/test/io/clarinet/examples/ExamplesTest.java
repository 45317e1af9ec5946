package io.clarinet.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.clarinet.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example runs, checks its own answer, and has its line in the README. That of Spark, a
 * project apart, runs when it is built.
 */
class ExamplesTest {
  private static final Pattern LINE = Pattern.compile("(?m)^\\| \\[(\\w+)]");

  static List<String> examples() throws IOException {
    return examples(Path.of("java"));
  }

  private static List<String> examples(Path sources) throws IOException {
    try (Stream<Path> files = Files.list(sources.resolve("io/clarinet/examples"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .filter(name -> !name.equals("Check"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runs(String example) throws ReflectiveOperationException {
    Class.forName("io.clarinet.examples." + example)
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }

  @Test
  void theReadmeHasALineForEach() throws IOException {
    String text = Files.readString(Path.of("README.md"));
    List<String> all = new ArrayList<>(examples());
    all.addAll(examples(Path.of("spark", "java")));
    assertEquals(
        all.stream().sorted().toList(),
        LINE.matcher(text).results().map(found -> found.group(1)).sorted().toList());
  }

  @Test
  void theyRunOnTheDeviceThatTheTestsRequire() {
    if (Boolean.getBoolean("clarinet.test.requireOpenCl")) {
      assertNotEquals(Device.cpu().id(), Device.standard().id());
    }
  }
}
