package io.clarinet.kernel;

/**
 * The speed of a device.
 *
 * @param peak float32 operations a second at best, a fused multiply-add counting two
 * @param memory bytes a second read from memory at best
 * @param launch seconds that starting one kernel costs
 */
public record Speed(Figure peak, Figure memory, Figure launch) {

  /** A figure that was measured on this device, or only assumed of its kind. */
  public record Figure(double value, boolean measured) {}

  /** Figures that were all measured. */
  public static Speed measured(double peakFlops, double bandwidth, double launchSeconds) {
    return of(peakFlops, bandwidth, launchSeconds, true);
  }

  /** Figures that were only assumed. */
  public static Speed assumed(double peakFlops, double bandwidth, double launchSeconds) {
    return of(peakFlops, bandwidth, launchSeconds, false);
  }

  private static Speed of(double flops, double bytes, double seconds, boolean measured) {
    return new Speed(
        new Figure(flops, measured), new Figure(bytes, measured), new Figure(seconds, measured));
  }

  /** Float32 operations a second, a fused multiply-add counting two. */
  public double peakFlops() {
    return peak.value();
  }

  /** Bytes a second read from memory. */
  public double bandwidth() {
    return memory.value();
  }

  /** Seconds that starting one kernel costs. */
  public double launchSeconds() {
    return launch.value();
  }

  /** Whether arithmetic and memory were measured, by which everything else is told. */
  public boolean isMeasured() {
    return peak.measured() && memory.measured();
  }
}
