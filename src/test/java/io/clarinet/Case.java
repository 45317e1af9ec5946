package io.clarinet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A line of {@code opencl/cases/<name>.txt}: a problem that every host runs. */
public record Case(String name, Map<String, String> values) {

  /** All problems of a file; its first line names the columns, the first of which is the name. */
  public static List<Case> of(String file) {
    List<Case> cases = new ArrayList<>();
    String[] columns = null;
    for (String line : lines(Path.of("opencl", "cases", file + ".txt"))) {
      String[] words = line.replaceFirst("^#", "").trim().split("\\s+");
      if (line.startsWith("#") || line.isBlank()) {
        columns = columns == null && !line.isBlank() ? words : columns;
        continue;
      }
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = 0; i < words.length; i++) {
        values.put(columns[i], words[i]);
      }
      cases.add(new Case(words[0], values));
    }
    return cases;
  }

  private static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text in a column. */
  public String text(String column) {
    String value = values.get(column);
    if (value == null) {
      throw new IllegalArgumentException("case " + name + " has no column " + column);
    }
    return value;
  }

  /** The integer in a column. */
  public int integer(String column) {
    return Integer.parseInt(text(column));
  }

  /** Whether its input is a {@link TestTensors#page}. */
  public boolean isPage() {
    return name.startsWith("page");
  }

  /** Whether a column holds a number other than zero. */
  public boolean flag(String column) {
    return integer(column) != 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
