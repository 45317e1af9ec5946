package io.clarinet.backend.opencl;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A device's calibration, kept from one start to the next. Plans follow from it, and what was
 * compiled follows from plans; so noise must not change it, and an opened device never sees it
 * change. Only a run that was faster than the calibration allows marks it as wrong: the next start
 * then measures again and keeps the best of what was ever seen.
 */
final class KeptCalibration {
  private static final int MOST_KEPT = 100;
  private static final String FORMAT = "calibration 4";
  private static final String DOUBTED = "doubted ";

  private final BinaryCache cache;
  private final String key;

  KeptCalibration(BinaryCache cache, String key) {
    this.cache = cache;
    this.key = key;
  }

  static KeptCalibration of(DeviceContext context, Path cacheFolder) {
    return new KeptCalibration(
        new BinaryCache(cacheFolder.resolve("devices"), MOST_KEPT),
        BinaryCache.key(FORMAT, context.identity(), driverSettings(System.getenv())));
  }

  /** Environment variables by which PoCL's threads are counted and pinned. */
  private static String driverSettings(Map<String, String> environment) {
    return new TreeMap<>(environment).subMap("POCL_", "POCL_~").toString();
  }

  /** As kept; measured where nothing is kept, or what is kept was proven wrong. */
  Calibration get(Supplier<Calibration> meter) {
    String text = kept();
    boolean doubted = text.startsWith(DOUBTED);
    Optional<Calibration> known =
        Calibration.parse(doubted ? text.substring(DOUBTED.length()) : text);
    if (known.isPresent() && !doubted) {
      return known.get();
    }
    Calibration measured = meter.get();
    Calibration best = known.map(measured::best).orElse(measured);
    keep(best.text());
    return best;
  }

  /** Has the next start measure again, unless another process did meanwhile. */
  void doubt(Calibration used) {
    if (kept().equals(used.text())) {
      keep(DOUBTED + used.text());
    }
  }

  private String kept() {
    return cache.get(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
  }

  private void keep(String text) {
    cache.put(key, text.getBytes(StandardCharsets.UTF_8));
  }
}
