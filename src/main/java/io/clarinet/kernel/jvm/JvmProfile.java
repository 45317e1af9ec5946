package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import java.util.Map;

/** The JVM as planning sees it. */
public final class JvmProfile {
  private static final double CLOCK = 3.5e9;
  private static final double BANDWIDTH = 30e9;
  private static final double LAUNCH_SECONDS = 4e-6;
  private static final long CACHE_BYTES = 512 << 10;
  private static final long LARGEST_ARRAY = 4L * (Integer.MAX_VALUE - 8);
  private static final int ALIGNMENT = 64;

  private JvmProfile() {}

  /** This JVM with so many threads. */
  public static DeviceProfile of(int threads) {
    int block = InnerLoops.preferredBlock();
    boolean vectors = InnerLoops.vectorised(block);
    double flopsPerCycle = vectors ? 4.0 * block : 12;
    String loops = vectors ? 32 * block + "-bit vectors" : "no Vector API";
    return new DeviceProfile(
        "JVM, " + threads + " threads, " + loops,
        DeviceProfile.Kind.JVM,
        block,
        threads,
        1,
        CACHE_BYTES,
        Runtime.getRuntime().maxMemory(),
        Math.min(LARGEST_ARRAY, Runtime.getRuntime().maxMemory()),
        ALIGNMENT,
        threads * flopsPerCycle * CLOCK,
        BANDWIDTH,
        0,
        LAUNCH_SECONDS,
        Map.of());
  }
}
