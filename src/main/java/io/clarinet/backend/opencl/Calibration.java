package io.clarinet.backend.opencl;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a device was measured to do, rounded to two digits. Measured once for a device and driver
 * and then kept, so that noise does not change plans from one start to the next.
 *
 * @param peakFlops float32 operations a second, a fused multiply-add counting two
 * @param bandwidth bytes a second read from memory
 * @param launchSeconds what starting one kernel costs
 */
record Calibration(double peakFlops, double bandwidth, double launchSeconds) {
  private static final int MOST_KEPT = 100;
  private static final String FORMAT = "calibration 3";

  /** As kept, else measured now in about a tenth of a second. */
  static Calibration of(DeviceContext context, Meter meter, Path cacheFolder) {
    BinaryCache cache = new BinaryCache(cacheFolder.resolve("devices"), MOST_KEPT);
    String key = BinaryCache.key(FORMAT, context.identity(), driverSettings(System.getenv()));
    return cache
        .get(key)
        .flatMap(Calibration::parse)
        .orElseGet(
            () -> {
              Calibration measured = measure(meter);
              cache.put(key, measured.text().getBytes(StandardCharsets.UTF_8));
              return measured;
            });
  }

  /** Environment variables by which PoCL's threads are counted and pinned. */
  private static String driverSettings(Map<String, String> environment) {
    return new TreeMap<>(environment).subMap("POCL_", "POCL_~").toString();
  }

  private static Calibration measure(Meter meter) {
    return new Calibration(
        rounded(meter.peakFlops()), rounded(meter.bandwidth()), rounded(meter.launchSeconds()));
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(2)).doubleValue();
  }

  private String text() {
    return peakFlops + " " + bandwidth + " " + launchSeconds;
  }

  private static Optional<Calibration> parse(byte[] text) {
    String[] words = new String(text, StandardCharsets.UTF_8).split(" ");
    try {
      return words.length != 3
          ? Optional.empty()
          : Optional.of(
              new Calibration(
                  Double.parseDouble(words[0]),
                  Double.parseDouble(words[1]),
                  Double.parseDouble(words[2])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
