package io.clarinet.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes out of a report who made it: folders below the home begin with ~, names are replaced. */
final class Privacy {
  /** Names that are no secret, and that other words of a report may be. */
  private static final Pattern COMMON = Pattern.compile("root|localhost|.?");

  /** Homes of other people. */
  private static final Pattern HOMES =
      Pattern.compile("((?:/home|/Users|[A-Za-z]:[\\\\/]+Users)[\\\\/]+)[^\\\\/:;,\\s\"']+");

  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  private final Map<Pattern, String> rules = new LinkedHashMap<>();

  /**
   * @param homes the user's home folder, by all its names
   * @param hosts the machine's names
   */
  Privacy(Stream<@Nullable String> homes, @Nullable String user, Stream<@Nullable String> hosts) {
    known(homes)
        .map(home -> home.replaceFirst("[\\\\/]+$", ""))
        .filter(home -> home.length() > 1)
        .forEach(
            home ->
                rule(
                    Pattern.quote(home) + "(?![^\\\\/:;,\\s\"')])", Pattern.CASE_INSENSITIVE, "~"));
    rules.put(HOMES, "$1…");
    known(Stream.of(user)).forEach(name -> word(name, "<user>"));
    known(hosts)
        .flatMap(name -> Stream.of(name, name.replaceFirst("\\..*", "")))
        .distinct()
        .forEach(name -> word(name, "<host>"));
  }

  private static Stream<String> known(Stream<@Nullable String> names) {
    List<String> known = new ArrayList<>();
    names.forEach(
        name -> {
          if (name != null && !name.isBlank()) {
            known.add(name.strip());
          }
        });
    return known.stream();
  }

  private void word(String name, String instead) {
    if (!COMMON.matcher(name).matches()) {
      rule("(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])", 0, instead);
    }
  }

  private void rule(String pattern, int flags, String instead) {
    rules.put(Pattern.compile(pattern, flags), Matcher.quoteReplacement(instead));
  }

  /** Whose process this is, and on which machine. */
  static Privacy ofThisProcess() {
    Map<String, String> environment = System.getenv();
    return new Privacy(
        Stream.of(
            System.getProperty("user.home"),
            environment.get("HOME"),
            environment.get("USERPROFILE")),
        System.getProperty("user.name"),
        Stream.of(
            environment.get("HOSTNAME"), environment.get("COMPUTERNAME"), host(), resolved()));
  }

  private static @Nullable String host() {
    try {
      return Files.exists(HOST) ? Files.readString(HOST) : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** A name server may let us wait. */
  private static @Nullable String resolved() {
    return CompletableFuture.supplyAsync(Privacy::localHost)
        .completeOnTimeout("", 2, TimeUnit.SECONDS)
        .join();
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  /** The text without names. */
  String hidden(String text) {
    String hidden = text;
    for (Map.Entry<Pattern, String> rule : rules.entrySet()) {
      hidden = rule.getKey().matcher(hidden).replaceAll(rule.getValue());
    }
    return hidden;
  }

  /** The document without names: maps, lists and texts. Keys that are no file's stay. */
  Map<String, Object> hidden(Map<?, ?> document) {
    Map<String, Object> hidden = new LinkedHashMap<>();
    document.forEach((key, value) -> hidden.put(key(String.valueOf(key)), hiddenIn(value)));
    return hidden;
  }

  private Object hiddenIn(Object value) {
    if (value instanceof Map<?, ?> map) {
      return hidden(map);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::hiddenIn).toList();
    }
    return value instanceof String text ? hidden(text) : value;
  }

  private String key(String key) {
    return key.contains(".") ? hidden(key) : key;
  }
}
