package io.clarinet.kernel;

import io.clarinet.Fresh;
import java.util.Random;

/** A device as if it were a GPU of limits that vendors' devices have. */
public final class GpuLimits {
  private static final int[] GROUPS = {64, 128, 256, 512, 1024};
  private static final int[] LOCAL_KILOBYTES = {16, 32, 48, 64};

  /** PoCL takes long over kernels with barriers: so many checks have one of these for GPUs. */
  private static final int ONE_OF = 3;

  private static final Random DRAWS = Fresh.random();

  private GpuLimits() {}

  /** Whether a check is to include kernels for GPUs. */
  static boolean isDrawn() {
    return "all".equals(System.getProperty("clarinet.test.gpu")) || DRAWS.nextInt(ONE_OF) == 0;
  }

  /** Limits drawn anew in each run of the tests. */
  static DeviceProfile drawn(DeviceProfile device) {
    Random random = Fresh.random();
    return of(
        device,
        GROUPS[random.nextInt(GROUPS.length)],
        LOCAL_KILOBYTES[random.nextInt(LOCAL_KILOBYTES.length)] << 10,
        random.nextBoolean());
  }

  /** These limits. */
  public static DeviceProfile of(
      DeviceProfile device, int group, long localBytes, boolean unified) {
    return DeviceProfile.gpu(
        device.name(),
        Simt.typical(Microarchitecture.UNKNOWN).with(32, group, unified),
        device.limits().withLocalMemory(localBytes),
        device.speed());
  }
}
