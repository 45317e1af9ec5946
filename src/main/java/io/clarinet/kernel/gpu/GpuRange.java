package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Launches of kernels that move memory: one vector a work-item, groups of neighbours. */
final class GpuRange {
  /** Work-items of a group: whole warps of all architectures, and enough of them for any. */
  private static final int LANES = 256;

  /** Work-items of a group where there are few: as many units as can be have some of them. */
  private static final int FEW_LANES = 64;

  /** Groups along the second and third dimension, as CUDA devices have it. */
  private static final int MOST_GROUPS = 65_535;

  private GpuRange() {}

  /** Work-items of a group on this device. */
  static int lanes(DeviceProfile device) {
    return Math.min(LANES, device.simt().groupSize());
  }

  /** Work-items of a group where so many are started in all. */
  static int lanes(long items, DeviceProfile device) {
    boolean fills = items >= 2L * LANES * device.limits().computeUnits();
    return Math.min(fills ? LANES : FEW_LANES, device.simt().groupSize());
  }

  /** The define {@code GROUP} beside these. */
  static Map<String, String> defines(Map<String, String> own, DeviceProfile device) {
    return defines(own, lanes(device));
  }

  static Map<String, String> defines(Map<String, String> own, int lanes) {
    Map<String, String> all = new HashMap<>(own);
    all.put("GROUP", Integer.toString(lanes));
    return all;
  }

  /** Groups for so many work-items of each of so many batch items. */
  static NdRange range(long items, int batch, DeviceProfile device) {
    return range(items, batch, lanes(device));
  }

  static NdRange range(long items, int batch, int lanes) {
    return NdRange.groups(lanes, ceilDiv(items, lanes), 1, batch);
  }

  /** Work-items for an item of an image in channel blocks: one for each block of a pixel. */
  static long blocks(Shape image, DeviceProfile device) {
    return (long) ceilDiv(image.c(), device.channelBlock()) * image.h() * image.w();
  }

  /** Work-items for plain elements, four each. */
  static long quads(long elements) {
    return ceilDiv(elements, 4);
  }

  /** Elements of a batch item of a plain value; a vector is one item. */
  static int item(Shape x) {
    return (int) (x.rank() < 2 ? x.size() : x.size() / x.n());
  }

  /** Declines what not every GPU launches. */
  static Offer.@Nullable Decline declined(NdRange range) {
    for (int dimension = 1; dimension < range.global().size(); dimension++) {
      if (range.global().get(dimension) / range.local().get(dimension) > MOST_GROUPS) {
        return new Offer.Decline("more than " + MOST_GROUPS + " groups beyond dimension 0");
      }
    }
    return null;
  }

  /** The same for groups that this one does not. */
  static Offer.@Nullable Decline declined(NdRange range, GroupWork work, DeviceProfile device) {
    Offer.Decline declined = declined(range);
    if (declined != null) {
      return declined;
    }
    if (range.groupSize() > device.simt().groupSize()) {
      return new Offer.Decline("groups of " + range.groupSize() + " work-items");
    }
    return work.localBytes() <= device.limits().localMemoryBytes()
        ? null
        : new Offer.Decline(work.localBytes() + " bytes of local memory");
  }
}
