package io.clarinet.backend;

import io.clarinet.kernel.Speed;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * The measured speed of a device.
 *
 * @param peakFlops float32 operations a second, a fused multiply-add counting two
 * @param bandwidth bytes a second read from memory
 * @param launchSeconds seconds that starting one kernel costs
 */
public record Calibration(double peakFlops, double bandwidth, double launchSeconds) {

  /** Rounded, so that noise is not taken for a difference. */
  public static Calibration rounded(double peakFlops, double bandwidth, double launchSeconds) {
    return new Calibration(rounded(peakFlops), rounded(bandwidth), rounded(launchSeconds));
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(2)).doubleValue();
  }

  /** The calibration that equals a speed known to planning. */
  public static Calibration of(Speed speed) {
    return new Calibration(speed.peakFlops(), speed.bandwidth(), speed.launchSeconds());
  }

  /** This calibration as a speed for planning. */
  public Speed speed() {
    return Speed.measured(peakFlops, bandwidth, launchSeconds);
  }

  /** The best of both: other load only ever slows a device down. */
  Calibration best(Calibration other) {
    return new Calibration(
        Math.max(peakFlops, other.peakFlops),
        Math.max(bandwidth, other.bandwidth),
        Math.min(launchSeconds, other.launchSeconds));
  }

  /** The figures in a form that {@link #parse} reads. */
  String text() {
    return peakFlops + " " + bandwidth + " " + launchSeconds;
  }

  static Optional<Calibration> parse(String text) {
    String[] words = text.split(" ", -1);
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
