package io.clarinet.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The processor, as far as the operating system's files tell where Java does not. */
public final class Processor {
  private static final Path INFO = Path.of("/proc/cpuinfo");
  private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");
  private static final String NAME = "model name";

  /** What tells kinds of cores apart on x86 and on ARM, where virtual machines hide the name. */
  private static final Set<String> KIND =
      Set.of(
          NAME,
          "vendor_id",
          "cpu family",
          "model",
          "stepping",
          "CPU implementer",
          "CPU part",
          "CPU variant");

  private Processor() {}

  /** Its name; the architecture where the system does not tell. */
  public static String name() {
    return lines(INFO).stream()
        .filter(line -> key(line).equals(NAME))
        .map(Processor::value)
        .findFirst()
        .orElse(System.getProperty("os.arch", ""));
  }

  /** All that tells its kind from others, for keys of what is kept. */
  public static String identity() {
    return kind(lines(INFO)) + System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "");
  }

  /** The kind of the first core of a list as Linux gives it. */
  static String kind(List<String> lines) {
    return lines.stream()
        .takeWhile(line -> !line.isBlank())
        .filter(line -> KIND.contains(key(line)))
        .map(line -> key(line) + "=" + value(line) + ";")
        .collect(Collectors.joining());
  }

  /** Cores that the system has, whether or not this process may use them; empty if unknown. */
  public static Optional<Integer> cores() {
    return lines(ONLINE).stream().findFirst().map(Processor::count);
  }

  /** The length of a list such as {@code 0-3,8}. */
  static int count(String ranges) {
    int count = 0;
    for (String range : ranges.strip().split(",", -1)) {
      String[] ends = range.split("-", 2);
      count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
    }
    return count;
  }

  private static String key(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? "" : line.substring(0, colon).strip();
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file)
          ? Files.readAllLines(file, StandardCharsets.ISO_8859_1)
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
