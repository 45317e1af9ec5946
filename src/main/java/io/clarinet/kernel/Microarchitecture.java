package io.clarinet.kernel;

import java.util.Locale;
import java.util.regex.Pattern;

/** The families of GPUs, which want kernels cut to different tiles. */
public enum Microarchitecture {
  NVIDIA,
  /** AMD for graphics, since gfx10. */
  RDNA,
  /** AMD for computing, and its graphics before gfx10. */
  CDNA,
  INTEL,
  MALI,
  ADRENO,
  APPLE,
  /** Any other; also what is no GPU. */
  UNKNOWN;

  private static final Pattern RDNA_NAME = Pattern.compile("gfx1\\d|rx ?[5-9]\\d{3}|radv|navi");

  /** The family by what a driver says of the vendor and the device. */
  public static Microarchitecture of(String vendor, String device) {
    String all = (vendor + ' ' + device).toLowerCase(Locale.ROOT);
    if (all.contains("nvidia")) {
      return NVIDIA;
    }
    if (all.contains("advanced micro") || all.contains("amd") || all.contains("radeon")) {
      return RDNA_NAME.matcher(all).find() ? RDNA : CDNA;
    }
    if (all.contains("mali")) {
      return MALI;
    }
    if (all.contains("adreno") || all.contains("qualcomm")) {
      return ADRENO;
    }
    if (all.contains("apple")) {
      return APPLE;
    }
    return all.contains("intel") ? INTEL : UNKNOWN;
  }
}
