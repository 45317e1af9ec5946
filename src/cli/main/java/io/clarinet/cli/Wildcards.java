package io.clarinet.cli;

import io.clarinet.file.OperatingSystem;
import io.clarinet.file.RegularFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An argument with {@code *} or {@code ?}, which the shells of Windows leave to programs.
 *
 * @param folder the beginning without any, with its separator
 * @param names the names below it, some of them patterns
 */
record Wildcards(String folder, List<String> names) {
  private static final Pattern WILDCARD = Pattern.compile("[*?]");

  /** The files of all arguments, those of a pattern in the order of their names. */
  static List<Path> files(List<String> arguments) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String argument : arguments) {
      List<Path> found = matches(argument);
      files.addAll(found.isEmpty() ? List.of(literal(argument)) : found);
    }
    return files;
  }

  /** The arguments, and in place of a pattern the files that match it. */
  static List<String> expand(List<String> arguments) throws IOException {
    List<String> expanded = new ArrayList<>();
    for (String argument : arguments) {
      List<Path> found = matches(argument);
      expanded.addAll(
          found.isEmpty() ? List.of(argument) : found.stream().map(Path::toString).toList());
    }
    return expanded;
  }

  /** The one file that matches a pattern; another argument as it is. */
  static String one(String argument) throws IOException {
    List<String> files = expand(List.of(argument));
    if (files.size() > 1) {
      throw new IllegalArgumentException(
          "%s names %d files, %s first; name one".formatted(argument, files.size(), files.get(0)));
    }
    return files.get(0);
  }

  private static Path literal(String argument) throws NoSuchFileException {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      if (WILDCARD.matcher(argument).find()) {
        throw new NoSuchFileException(argument);
      }
      throw e;
    }
  }

  /** The files that match; none if it is no pattern, or a file's name. */
  private static List<Path> matches(String argument) throws IOException {
    boolean pattern = WILDCARD.matcher(argument).find() && !RegularFile.exists(argument);
    return pattern ? of(argument, OperatingSystem.CURRENT).matches() : List.of();
  }

  /** A pattern by a system's rules of what separates names. */
  static Wildcards of(String argument, OperatingSystem system) {
    boolean windows = system == OperatingSystem.WINDOWS;
    int start = (int) argument.chars().takeWhile(c -> c != '*' && c != '?').count();
    while (start > 0 && !isEnd(argument.charAt(start - 1), windows)) {
      start--;
    }
    List<String> names =
        Pattern.compile(windows ? "[/\\\\]" : "/")
            .splitAsStream(argument.substring(start))
            .filter(name -> !name.isEmpty())
            .toList();
    return new Wildcards(argument.substring(0, start), names);
  }

  /** Whether names start behind a character: a separator, or the colon of a drive. */
  private static boolean isEnd(char c, boolean windows) {
    return c == '/' || (windows && (c == '\\' || c == ':'));
  }

  private List<Path> matches() throws IOException {
    List<Path> found = List.of(Path.of(folder));
    for (String name : names) {
      List<Path> below = new ArrayList<>();
      for (Path each : found) {
        below.addAll(below(each, name));
      }
      found = below;
    }
    return found;
  }

  private static List<Path> below(Path folder, String name) throws IOException {
    if (!WILDCARD.matcher(name).find()) {
      Path file = folder.resolve(name);
      return Files.exists(file) ? List.of(file) : List.of();
    }
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern pattern = pattern(name, OperatingSystem.CURRENT);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, file -> pattern.matcher(String.valueOf(file.getFileName())).matches())) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      found.sort(null);
      return found;
    }
  }

  /** As shells match: hidden files by a point only, and on Windows whatever the case. */
  static Pattern pattern(String name, OperatingSystem system) {
    String regex =
        name.codePoints()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    int flags = system == OperatingSystem.WINDOWS ? Pattern.CASE_INSENSITIVE : 0;
    String visible = name.startsWith(".") ? "" : "(?!\\.)";
    return Pattern.compile(visible + regex, flags | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }
}
