package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Simt;

/**
 * Predicted time of launches on a GPU: a roofline under what occupancy allows, in waves of groups
 * over the units. The unit that has most groups ends last; how fast it goes depends on how many
 * work-items it has under way, by Little's law.
 */
public record GpuCost(DeviceProfile device) {
  /** Share of the data-sheet peak that good kernels reach at most. */
  static final double SHARE_OF_PEAK = 0.6;

  /** Share of the data-sheet bandwidth that is reached at most. */
  static final double SHARE_OF_BANDWIDTH = 0.8;

  /** Cycles from a multiply-add to one that needs its result. */
  private static final double LATENCY_CYCLES = 4;

  /** Seconds from a load to its value. */
  static final double MEMORY_LATENCY = 600e-9;

  /** Seconds from a load to its value where the cache has it. */
  private static final double CACHE_LATENCY = 300e-9;

  /**
   * Bytes that the cache of all units gives in the time of one multiply-add of a core: 24 a cycle
   * for the 128 cores of a unit, of which NVIDIA's since Volta give up to 64 at best.
   */
  private static final double CACHE_BYTES_PER_FMA = 24 / 128.0;

  /** Local memory of each group that NVIDIA's system takes for itself. */
  private static final long SYSTEM_LOCAL_BYTES = 1 << 10;

  /**
   * Seconds of one launch, its start included.
   *
   * @param groups work-groups, all alike
   * @param bytes that come from or go to memory, each once
   */
  public double seconds(long groups, GroupWork work, double bytes) {
    long busiest = ceilDiv(groups, device.limits().computeUnits());
    long resident = resident(groups, work);
    double unitPeak = device.speed().peakFlops() / device.limits().computeUnits();
    double compute = busiest * work.flops() / (unitPeak * shareOfPeak(resident, work));
    double items =
        (double) work.lanes() * Math.min(groups, resident * (long) device.limits().computeUnits());
    double cache = busiest * work.cachedBytes() / (unitPeak / 2 * CACHE_BYTES_PER_FMA);
    double waits = ceilDiv(busiest, resident) * work.steps() * CACHE_LATENCY;
    return Math.max(
            Math.max(compute, cache),
            Math.max(waits, memorySeconds(bytes, items * work.bytesUnderWay())))
        + device.speed().launchSeconds();
  }

  /** The part of so many bytes, written by one launch and read by the next, that no cache holds. */
  public double uncached(double bytes) {
    return bytes <= device.limits().cacheBytes() / 2.0 ? 0 : bytes;
  }

  /** Groups of a launch that are under way at a time on the unit that has most. */
  long resident(NdRange range, GroupWork work) {
    long byItems = Math.max(1, device.simt().items() / range.groupSize());
    return Math.min(byItems, resident(range.groups(), work));
  }

  private long resident(long groups, GroupWork work) {
    return Math.min(ceilDiv(groups, device.limits().computeUnits()), resident(work));
  }

  /** Groups of this kind that a unit has room for; at least one, or nothing would run. */
  public long resident(GroupWork work) {
    Simt simt = device.simt();
    long byRegisters = simt.registers() / ((long) work.registers() * work.lanes());
    long byItems = simt.items() / work.lanes();
    long byLocal =
        work.localBytes() == 0
            ? Long.MAX_VALUE
            : Math.max(simt.localBytes(), device.limits().localMemoryBytes())
                / (work.localBytes() + SYSTEM_LOCAL_BYTES);
    return Math.max(1, Math.min(Math.min(byRegisters, byItems), Math.min(byLocal, simt.groups())));
  }

  private double shareOfPeak(long resident, GroupWork work) {
    double items = (double) resident * work.lanes();
    double cores = device.simt().cores();
    double hidden = items * work.independent() / (LATENCY_CYCLES * cores);
    return SHARE_OF_PEAK * Math.min(1, Math.min(items / cores, hidden));
  }

  private double memorySeconds(double bytes, double underWay) {
    double best = SHARE_OF_BANDWIDTH * device.speed().bandwidth();
    return bytes / Math.min(best, underWay / MEMORY_LATENCY);
  }
}
