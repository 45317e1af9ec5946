package io.clarinet.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types that {@code src/docs/public-api.md} lists. */
final class PublicTypes {
  private static final Path PAGE = Path.of("src", "docs", "public-api.md");
  private static final String ROOT = "io.clarinet";
  private static final Pattern ROW =
      Pattern.compile("\\| (?:\\(root\\)|`([a-z.0-9]+)`) \\| (`.*`) \\|");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  private PublicTypes() {}

  /** In the page's order. */
  static List<Class<?>> listed() throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String folder = row.group(1) == null ? ROOT : ROOT + "." + row.group(1);
        for (String name : NAME.matcher(row.group(2)).results().map(m -> m.group(1)).toList()) {
          types.add(Class.forName(folder + "." + name));
        }
      }
    }
    return types;
  }
}
