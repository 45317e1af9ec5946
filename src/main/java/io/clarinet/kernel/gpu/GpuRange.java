package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import java.util.HashMap;
import java.util.Map;

/** Launches of kernels that move memory: one vector a work-item, groups of neighbours. */
final class GpuRange {
  /** Work-items of a group: whole warps of all architectures, and enough of them for any. */
  private static final int LANES = 256;

  private GpuRange() {}

  /** Work-items of a group on this device. */
  static int lanes(DeviceProfile device) {
    return Math.min(LANES, device.simt().groupSize());
  }

  /** The define {@code GROUP} beside these. */
  static Map<String, String> defines(Map<String, String> own, DeviceProfile device) {
    Map<String, String> all = new HashMap<>(own);
    all.put("GROUP", Integer.toString(lanes(device)));
    return all;
  }

  /** Groups for so many work-items of each of so many batch items. */
  static NdRange range(long items, int batch, DeviceProfile device) {
    int lanes = lanes(device);
    return NdRange.groups(lanes, ceilDiv(items, lanes), 1, batch);
  }
}
