package io.clarinet.kernel;

/**
 * The resources of a device, in bytes where not said otherwise.
 *
 * @param computeUnits cores, or multiprocessors
 * @param localMemoryBytes local memory of a work-group; on CPU devices bytes that stay in a core's
 *     cache
 * @param globalMemoryBytes memory for all buffers
 * @param maxAllocationBytes largest single buffer
 * @param alignmentBytes base address alignment that sub-regions of a buffer must keep
 * @param cacheBytes the largest cache, shared by all cores; 0 if unknown
 */
public record DeviceLimits(
    int computeUnits,
    long localMemoryBytes,
    long globalMemoryBytes,
    long maxAllocationBytes,
    int alignmentBytes,
    long cacheBytes) {

  /**
   * Load imbalance: the time of so many equal work-items in multiples of what it would be if they
   * kept all cores busy to the end.
   */
  public double imbalance(double items) {
    return Math.ceil(items / computeUnits) * computeUnits / items;
  }

  /** With another local memory. */
  public DeviceLimits withLocalMemory(long bytes) {
    return new DeviceLimits(
        computeUnits, bytes, globalMemoryBytes, maxAllocationBytes, alignmentBytes, cacheBytes);
  }

  /** Of one of so many equal shares of the compute units, while the others work too. */
  DeviceLimits share(int shares) {
    return new DeviceLimits(
        Math.max(1, computeUnits / shares),
        localMemoryBytes,
        globalMemoryBytes,
        maxAllocationBytes,
        alignmentBytes,
        cacheBytes / shares);
  }

  /** With another number of compute units. */
  public DeviceLimits withUnits(int units) {
    return new DeviceLimits(
        units, localMemoryBytes, globalMemoryBytes, maxAllocationBytes, alignmentBytes, cacheBytes);
  }
}
