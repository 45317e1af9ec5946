package io.clarinet.cli.doctor;

import io.clarinet.file.Processor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operating system and the processor, as far as files tell where Java does not. */
public final class SystemFacts {
  private static final Path OS_RELEASE = Path.of("/etc/os-release");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

  /** Limits of containers by what they limit, in control groups of version 2 and 1. */
  private static final Map<String, List<String>> LIMITS =
      Map.of(
          "processors",
          List.of("cpu.max", "cpu/cpu.cfs_quota_us"),
          "memory",
          List.of("memory.max", "memory/memory.limit_in_bytes"));

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");
  private static final Path OWN_GROUP = Path.of("/proc/self/cgroup");
  private static final Pattern OWN = Pattern.compile("^0::/(.*)", Pattern.MULTILINE);
  private static final String UNLIMITED = "max.*|-1|9223372036854771712";

  private SystemFacts() {}

  /** The processor's name; the architecture where the system does not tell. */
  public static String processor() {
    return Processor.name();
  }

  /** Distribution, kernel and version. */
  public static String system() {
    String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version");
    return value(OS_RELEASE, "PRETTY_NAME", "=")
        .map(name -> name.replace("\"", "") + ", " + kernel)
        .orElse(kernel);
  }

  static Map<String, Object> document() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("system", system());
    facts.put("architecture", System.getProperty("os.arch"));
    facts.put("processor", processor());
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    value(STATUS, "Cpus_allowed_list", ":").ifPresent(list -> facts.put("cores_allowed", list));
    text(ONLINE).ifPresent(list -> facts.put("cores_online", list));
    limits().forEach((what, limit) -> facts.put(what + "_limit", limit));
    return facts;
  }

  /** The limits of this process's group and container, as the kernel writes them. */
  private static Map<String, String> limits() {
    String own =
        text(OWN_GROUP)
            .map(OWN::matcher)
            .filter(Matcher::find)
            .map(group -> group.group(1))
            .orElse("");
    Map<String, String> limits = new LinkedHashMap<>();
    LIMITS.forEach(
        (what, files) ->
            files.stream()
                .flatMap(file -> Stream.of(GROUPS.resolve(own).resolve(file), GROUPS.resolve(file)))
                .map(SystemFacts::text)
                .flatMap(Optional::stream)
                .filter(limit -> !limit.matches(UNLIMITED))
                .findFirst()
                .ifPresent(limit -> limits.put(what, limit)));
    return limits;
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isReadable(file)
          ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The first value of a key in a file of key-value lines; empty if there is none. */
  private static Optional<String> value(Path file, String key, String separator) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key) && line.contains(separator))
          .map(line -> line.substring(line.indexOf(separator) + 1).trim())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
