package io.clarinet.backend;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A device's calibration, kept from one start to the next. Plans follow from it, and what was
 * compiled follows from plans; so noise must not change it, and an opened device never sees it
 * change. Only a run that was faster than the calibration allows marks it as wrong: the next start
 * then measures again and keeps the best of what was ever seen. It does so a few times at most, for
 * a small network whose values never leave the cache may beat its floor on any machine.
 */
public final class KeptCalibration {
  private static final int MOST_KEPT = 100;
  private static final int MOST_TIMES = 8;
  private static final String FORMAT = "calibration 5";
  private static final Pattern LINE =
      Pattern.compile("(\\d{1,4}) (doubted )?(?:@(\\d{1,12}) )?(.*)");

  private final BinaryCache cache;
  private final String key;
  private final AtomicBoolean doubted = new AtomicBoolean();

  KeptCalibration(BinaryCache cache, String key) {
    this.cache = cache;
    this.key = key;
  }

  /**
   * The calibration of one device.
   *
   * @param cacheFolder where it is kept
   * @param identity all that tells this device, its driver and their settings from others
   */
  public static KeptCalibration of(Path cacheFolder, String... identity) {
    return new KeptCalibration(
        new BinaryCache(cacheFolder.resolve("devices"), MOST_KEPT),
        BinaryCache.key(
            Stream.concat(Stream.of(FORMAT), Stream.of(identity)).toArray(String[]::new)));
  }

  /**
   * A line of the file: how often it was measured, whether it is doubted, when it was measured last
   * in seconds since 1970 (0 where older versions measured), and the best seen.
   */
  private record Kept(int times, boolean doubted, long second, Calibration best) {

    static Optional<Kept> parse(String text) {
      Matcher line = LINE.matcher(text);
      return line.matches()
          ? Calibration.parse(line.group(4))
              .map(
                  best ->
                      new Kept(
                          Integer.parseInt(line.group(1)),
                          line.group(2) != null,
                          line.group(3) == null ? 0 : Long.parseLong(line.group(3)),
                          best))
          : Optional.empty();
    }

    String text() {
      return times + (doubted ? " doubted " : " ") + "@" + second + " " + best.text();
    }
  }

  /** The kept calibration; a new one where nothing is kept, or the kept one was proven wrong. */
  public Calibration get(Supplier<Calibration> meter) {
    Optional<Kept> known = kept();
    if (known.isPresent() && !known.get().doubted()) {
      return known.get().best();
    }
    Calibration measured = meter.get();
    Calibration best = known.map(kept -> measured.best(kept.best())).orElse(measured);
    int times = known.map(Kept::times).orElse(0) + 1;
    keep(new Kept(times, false, Instant.now().getEpochSecond(), best));
    return best;
  }

  /**
   * Marks the calibration as doubted, once, so that the next start measures again; not where
   * another process did meanwhile.
   */
  public void doubt(Calibration used) {
    if (!doubted.compareAndSet(false, true)) {
      return;
    }
    kept()
        .filter(kept -> kept.best().equals(used) && kept.times() < MOST_TIMES)
        .ifPresent(kept -> keep(new Kept(kept.times(), true, kept.second(), used)));
  }

  /** The kept calibration; empty where nothing was measured yet. */
  public Optional<Calibration> known() {
    return kept().map(Kept::best);
  }

  /** When it was measured last; empty where that is not known, or nothing is kept. */
  public Optional<Instant> measuredAt() {
    return kept()
        .filter(kept -> kept.second() > 0)
        .map(kept -> Instant.ofEpochSecond(kept.second()));
  }

  private Optional<Kept> kept() {
    return cache.get(key).flatMap(bytes -> Kept.parse(new String(bytes, StandardCharsets.UTF_8)));
  }

  private void keep(Kept kept) {
    cache.put(key, kept.text().getBytes(StandardCharsets.UTF_8));
  }
}
