package io.clarinet.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * All that planning may know of a device.
 *
 * @param kind what sort of machine it is
 * @param channelBlock channels in a block of a blocked layout
 * @param computeUnits cores, or multiprocessors
 * @param localMemoryBytes local memory of a work-group
 * @param maxAllocationBytes largest single buffer
 * @param alignmentBytes base address alignment that sub-regions of a buffer must keep
 * @param peakFlops measured float32 operations a second, a fused multiply-add counting two
 * @param bandwidth measured bytes a second read from memory
 * @param cacheBytes the largest cache, shared by all cores; 0 if unknown
 * @param launchSeconds what starting one kernel costs
 * @param struckOff kernels that failed to build or lied in their self-test, with the reason
 */
public record DeviceProfile(
    String name,
    Kind kind,
    int channelBlock,
    int computeUnits,
    long maxWorkGroupSize,
    long localMemoryBytes,
    long globalMemoryBytes,
    long maxAllocationBytes,
    int alignmentBytes,
    double peakFlops,
    double bandwidth,
    long cacheBytes,
    double launchSeconds,
    Map<String, String> struckOff) {

  /** What sort of machine a device is; kernels differ by it more than by vendor. */
  public enum Kind {
    CPU,
    GPU,
    JVM
  }

  public DeviceProfile {
    struckOff = Map.copyOf(struckOff);
  }

  /** The blocked layout of this device. */
  public Layout blocked() {
    return Layout.blocked(channelBlock);
  }

  /**
   * Predicted time of work that is bound by arithmetic or by memory, plus one launch, in seconds.
   *
   * @param flops float operations, a fused multiply-add counting two, divided by the share of peak
   *     that the kernel is expected to reach
   * @param bytes bytes that must come from or go to memory
   */
  public double seconds(double flops, double bytes) {
    return Math.max(flops / peakFlops, bytes / bandwidth) + launchSeconds;
  }

  /** This device with one more kernel struck off. */
  public DeviceProfile without(String kernel, String reason) {
    Map<String, String> more = new HashMap<>(struckOff);
    more.put(kernel, reason);
    return new DeviceProfile(
        name,
        kind,
        channelBlock,
        computeUnits,
        maxWorkGroupSize,
        localMemoryBytes,
        globalMemoryBytes,
        maxAllocationBytes,
        alignmentBytes,
        peakFlops,
        bandwidth,
        cacheBytes,
        launchSeconds,
        more);
  }

  /** This device with another channel block and local memory, as a smaller or older one has. */
  public DeviceProfile limitedTo(int block, long localBytes) {
    return new DeviceProfile(
        name,
        kind,
        block,
        computeUnits,
        maxWorkGroupSize,
        localBytes,
        globalMemoryBytes,
        maxAllocationBytes,
        alignmentBytes,
        peakFlops,
        bandwidth,
        cacheBytes,
        launchSeconds,
        struckOff);
  }
}
