package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text file keeps to {@code .editorconfig}, as far as no formatter looks after it. */
class EditorConfigTest {
  private static final Pattern TEXT =
      Pattern.compile(
          "awk|c|cl|clarinet|clh|cmake|editorconfig|h|html|java|json|md|properties|proto|py|run|sh"
              + "|train|tsv|txt|xml");
  private static final List<String> FOLDERS = List.of(".ci", "native-test", "opencl", "src");
  private static final Pattern FOREIGN = Pattern.compile(".*/(target|node_modules)/.*");

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> top = Files.list(Path.of(""))) {
      top.filter(Files::isRegularFile).filter(EditorConfigTest::isText).forEach(files::add);
    }
    for (String folder : FOLDERS) {
      try (Stream<Path> below = Files.walk(Path.of(folder))) {
        below
            .filter(Files::isRegularFile)
            .filter(EditorConfigTest::isText)
            .filter(file -> !FOREIGN.matcher(file.toString()).matches())
            .forEach(files::add);
      }
    }
    return files;
  }

  private static boolean isText(Path file) {
    return TEXT.matcher(file.getFileName().toString().replaceFirst(".*\\.", "")).matches();
  }

  /** The properties of each section of the file, by the names that it is for. */
  private static Map<String, Map<String, String>> sections() throws IOException {
    Map<String, Map<String, String>> sections = new HashMap<>();
    String section = "";
    for (String line : Files.readAllLines(Path.of(".editorconfig"))) {
      if (line.startsWith("[")) {
        section = line.substring(1, line.length() - 1);
      } else if (line.contains(" = ")) {
        String[] property = line.split(" = ");
        sections.computeIfAbsent(section, s -> new HashMap<>()).put(property[0], property[1]);
      }
    }
    return sections;
  }

  private static boolean matches(String section, Path file) {
    return FileSystems.getDefault().getPathMatcher("glob:" + section).matches(file.getFileName());
  }

  private static Map<String, String> properties(
      Path file, Map<String, Map<String, String>> sections) {
    Map<String, String> properties = new HashMap<>(sections.get("*"));
    sections.forEach(
        (section, own) -> {
          if (!section.equals("*") && matches(section, file)) {
            properties.putAll(own);
          }
        });
    return properties;
  }

  @Test
  void everyTextFileKeepsToIt() throws IOException {
    Map<String, Map<String, String>> sections = sections();
    List<String> broken = new ArrayList<>();
    for (Path file : files()) {
      check(file, properties(file, sections), broken);
    }
    assertThat(broken).isEmpty();
  }

  private static void check(Path file, Map<String, String> properties, List<String> broken)
      throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    boolean spaces = properties.get("indent_style").equals("space");
    int limit = limit(file, properties);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      broken.add(file + " does not end with a line break");
    }
    int number = 0;
    for (String line : text.split("\n", -1)) {
      String place = file + ":" + ++number;
      if (!line.equals(line.stripTrailing())) {
        broken.add(place + " ends with white space");
      }
      if (spaces && line.startsWith("\t")) {
        broken.add(place + " is indented with a tab");
      }
      if (line.length() > limit) {
        broken.add(place + " is longer than " + limit);
      }
    }
  }

  /** Lines that google-java-format cannot break may be longer. */
  private static int limit(Path file, Map<String, String> properties) {
    String limit = properties.get("max_line_length");
    boolean free = limit == null || file.toString().endsWith(".java");
    return free ? Integer.MAX_VALUE : Integer.parseInt(limit);
  }
}
