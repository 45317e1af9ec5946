package io.clarinet.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processors that this process may use. PoCL pins its worker i to processor i whatever these
 * are: right only where it may use all of them, and they are numbered from 0 without a gap.
 */
final class Processors {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");
  private static final String ALLOWED = "Cpus_allowed_list:";

  private Processors() {}

  /** Whether that is so; false where the system does not tell. */
  static boolean allAllowed() {
    try {
      String online = Files.readString(ONLINE, StandardCharsets.ISO_8859_1).strip();
      return Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1).stream()
          .filter(line -> line.startsWith(ALLOWED))
          .anyMatch(line -> allAllowed(line.substring(ALLOWED.length()).strip(), online));
    } catch (IOException e) {
      return false;
    }
  }

  /** The processors that this process may use by its quota and its mask; 0 if those are all. */
  static int share() {
    int own = Runtime.getRuntime().availableProcessors();
    try {
      return own < count(Files.readString(ONLINE, StandardCharsets.ISO_8859_1).strip()) ? own : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** How many a list, such as {@code 0-3,8}, has. */
  static int count(String list) {
    int count = 0;
    for (String range : list.split(",", -1)) {
      if (range.matches("\\d+(-\\d+)?")) {
        int from = Integer.parseInt(range.replaceFirst("-.*", ""));
        count += Integer.parseInt(range.replaceFirst(".*-", "")) - from + 1;
      }
    }
    return count;
  }

  /** Whether the lists, such as {@code 0-3,8}, are the same range from 0. */
  static boolean allAllowed(String allowed, String online) {
    return allowed.equals(online) && online.matches("0(-\\d+)?");
  }
}
