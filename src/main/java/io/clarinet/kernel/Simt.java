package io.clarinet.kernel;

/**
 * How a GPU runs many work-items side by side. A unit is one of {@link
 * DeviceLimits#computeUnits()}: what runs a work-group from its start to its end, with local memory
 * of its own.
 *
 * @param lanes work-items that step together: a warp, wave or sub-group
 * @param groupSize work-items of the largest work-group
 * @param cores float32 multiply-adds that a unit starts in a cycle
 * @param items work-items that may be under way on a unit
 * @param groups work-groups that may be under way on a unit
 * @param registers 32-bit registers of a unit, shared by its work-items
 * @param localBytes local memory of a unit, shared by its work-groups, of which one may have less
 * @param unified whether the device uses the host's memory
 */
public record Simt(
    Microarchitecture architecture,
    int lanes,
    int groupSize,
    int cores,
    int items,
    int groups,
    int registers,
    long localBytes,
    boolean unified) {

  /** What is no GPU: one work-item at a time. */
  public static final Simt NONE =
      new Simt(Microarchitecture.UNKNOWN, 1, 1, 1, 1, 1, 1 << 10, 0, true);

  /**
   * What is typical of an architecture, for what no driver tells: the least of the last generations
   * where they differ. {@code src/docs/gpu.md} names the sources.
   */
  public static Simt typical(Microarchitecture a) {
    return switch (a) {
      case NVIDIA -> new Simt(a, 32, 1024, 128, 1536, 16, 64 << 10, 100 << 10, false);
      case RDNA -> new Simt(a, 32, 256, 128, 2048, 32, 128 << 10, 128 << 10, false);
      case CDNA -> new Simt(a, 64, 256, 64, 2048, 16, 128 << 10, 64 << 10, false);
      case INTEL -> new Simt(a, 16, 256, 64, 896, 16, 56 << 10, 64 << 10, true);
      case MALI -> new Simt(a, 16, 256, 32, 1024, 16, 32 << 10, 32 << 10, true);
      case ADRENO -> new Simt(a, 64, 512, 256, 2048, 16, 64 << 10, 32 << 10, true);
      case APPLE -> new Simt(a, 32, 256, 128, 3072, 24, 52 << 10, 60 << 10, true);
      case UNKNOWN -> new Simt(a, 32, 256, 64, 1024, 16, 32 << 10, 32 << 10, false);
    };
  }

  /** With another number of lanes and another largest group, as the driver tells them. */
  public Simt with(int lanesTold, int largestGroup, boolean sharesMemory) {
    return new Simt(
        architecture,
        lanesTold,
        largestGroup,
        cores,
        items,
        groups,
        registers,
        localBytes,
        sharesMemory);
  }
}
