package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Speed;
import java.util.List;

/** The JVM as planning sees it. */
public final class JvmProfile {
  /** Bytes that stay in a core's own cache, on all processors of the last ten years. */
  private static final long LOCAL_BYTES = 512 << 10;

  private static final long LARGEST_ARRAY = 4L * (Integer.MAX_VALUE - 64);
  private static final int ALIGNMENT = 64;

  /** Assumed speed of a slow processor, used until the machine is measured. */
  private static final Speed ASSUMED = Speed.assumed(50e9, 10e9, 4e-6);

  /** What a launch by a good driver may cost in a busy minute; a step of the JVM never does. */
  private static final double BUSY_LAUNCH = 40e-6;

  /** Share of the peak that loops in plain Java reach: decisions/jvm-target.md. */
  private static final double PLAIN_SHARE = 0.23;

  private JvmProfile() {}

  /**
   * This JVM on cores whose speed another target was measured to have. Two measurements of the same
   * cores differ by who else was at work, so whoever compares targets takes one for both.
   */
  public static DeviceProfile on(DeviceProfile cores, int block) {
    double share = InnerLoops.vectorised(block) ? 1 : PLAIN_SHARE;
    Speed speed = cores.speed();
    double launch = Math.min(speed.launchSeconds(), BUSY_LAUNCH);
    return of(cores.limits().computeUnits(), block)
        .with(Speed.assumed(share * speed.peakFlops(), speed.bandwidth(), launch));
  }

  /** Floats of the vectors that may be the fastest, widest first; one where there are none. */
  public static List<Integer> widths() {
    return InnerLoops.blocks();
  }

  /**
   * This JVM with so many threads, its speed only assumed.
   *
   * @param block channels in a block: floats of a vector, one of {@link #widths}
   */
  public static DeviceProfile of(int threads, int block) {
    String loops = InnerLoops.vectorised(block) ? 32 * block + "-bit vectors" : "no Vector API";
    long heap = Runtime.getRuntime().maxMemory();
    return new DeviceProfile(
        "JVM, " + threads + " threads, " + loops,
        DeviceProfile.Kind.JVM,
        block,
        new DeviceLimits(threads, LOCAL_BYTES, heap, Math.min(LARGEST_ARRAY, heap), ALIGNMENT, 0),
        ASSUMED);
  }
}
