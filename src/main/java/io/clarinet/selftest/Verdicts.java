package io.clarinet.selftest;

import io.clarinet.backend.BinaryCache;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is known of the programs of one device and driver, from one start to the next: by the key of
 * a {@link io.clarinet.backend.opencl.Compilation}, that it is right, or which kernel is struck off
 * and why. A damaged file is none.
 */
public final class Verdicts {
  private static final String FORMAT = "self-test 1";
  private static final int MOST_FILES = 100;
  private static final int MOST_KEPT = 4000;

  /** A kernel that was struck off is tried again after so long: the machine may have been ill. */
  private static final Duration RETRIAL = Duration.ofDays(30);

  private static final Pattern LINE =
      Pattern.compile("(\\p{XDigit}{64}) @(\\d{1,12})(?: (\\S+) (.*))?");

  private final BinaryCache cache;
  private final String file;
  private Map<String, Verdict> known;

  private Verdicts(Path cacheFolder, String identity) {
    this.cache = new BinaryCache(cacheFolder.resolve("selftest"), MOST_FILES);
    this.file = BinaryCache.key(FORMAT, identity);
    this.known = read();
  }

  /**
   * Those kept for a device.
   *
   * @param identity all that tells the device and its driver from others
   */
  public static Verdicts of(Path cacheFolder, String identity) {
    return new Verdicts(cacheFolder, identity);
  }

  /**
   * A verdict.
   *
   * @param second when, in seconds since 1970
   * @param kernel that is struck off; empty if all is right
   * @param reason why
   */
  public record Verdict(long second, String kernel, String reason) {

    static Verdict right() {
      return new Verdict(now(), "", "");
    }

    static Verdict struckOff(String kernel, String reason) {
      return new Verdict(now(), kernel, reason.replaceAll("\\s+", " ").strip());
    }

    boolean isRight() {
      return kernel.isEmpty();
    }

    private boolean holds() {
      return isRight() || now() - second < RETRIAL.toSeconds();
    }
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  /** The verdict on programs; empty where they are to be tested. */
  synchronized Optional<Verdict> on(String key) {
    return Optional.ofNullable(known.get(key));
  }

  synchronized boolean isEmpty() {
    return known.isEmpty();
  }

  /** The kernels that are struck off. */
  public synchronized List<Verdict> struckOff() {
    return known.values().stream().filter(verdict -> !verdict.isRight()).toList();
  }

  /** Looks again at what others have found meanwhile. */
  synchronized void refresh() {
    Map<String, Verdict> all = read();
    all.putAll(known);
    known = all;
  }

  /** Adds verdicts, and keeps them with those that others have found. */
  synchronized void add(Map<String, Verdict> found) {
    refresh();
    known.putAll(found);
    String text =
        known.entrySet().stream()
            .skip(Math.max(0, known.size() - MOST_KEPT))
            .map(entry -> line(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    cache.put(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(String key, Verdict verdict) {
    String rest = verdict.isRight() ? "" : " " + verdict.kernel() + " " + verdict.reason();
    return key + " @" + verdict.second() + rest + "\n";
  }

  private Map<String, Verdict> read() {
    Map<String, Verdict> all = new LinkedHashMap<>();
    String text = cache.get(file).map(b -> new String(b, StandardCharsets.UTF_8)).orElse("");
    for (String line : text.lines().toList()) {
      Matcher parts = LINE.matcher(line);
      if (parts.matches()) {
        String kernel = parts.group(3) == null ? "" : parts.group(3);
        String reason = parts.group(4) == null ? "" : parts.group(4);
        Verdict verdict = new Verdict(Long.parseLong(parts.group(2)), kernel, reason);
        if (verdict.holds()) {
          all.put(parts.group(1), verdict);
        }
      }
    }
    return all;
  }
}
