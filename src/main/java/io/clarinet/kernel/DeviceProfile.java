package io.clarinet.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * A device as planning knows it.
 *
 * @param name for people
 * @param kind sort of machine
 * @param simt how it runs work-items side by side; {@link Simt#NONE} for what is no GPU
 * @param channelBlock channels in a block of a blocked layout
 * @param struckOff kernels that failed to build or lied in their self-test, with the reason
 */
public record DeviceProfile(
    String name,
    Kind kind,
    Simt simt,
    int channelBlock,
    DeviceLimits limits,
    Speed speed,
    Map<String, String> struckOff) {

  /** The channel block of all GPUs: 16 bytes, the widest load of a lane. */
  public static final int GPU_BLOCK = 4;

  /** Kinds of devices; kernels differ by kind more than by vendor. */
  public enum Kind {
    CPU,
    GPU,
    JVM
  }

  public DeviceProfile {
    struckOff = Map.copyOf(struckOff);
  }

  /** A device that is no GPU, with nothing struck off. */
  public DeviceProfile(String name, Kind kind, int channelBlock, DeviceLimits limits, Speed speed) {
    this(name, kind, Simt.NONE, channelBlock, limits, speed, Map.of());
  }

  /** A GPU with nothing struck off. */
  public static DeviceProfile gpu(String name, Simt simt, DeviceLimits limits, Speed speed) {
    return new DeviceProfile(name, Kind.GPU, simt, GPU_BLOCK, limits, speed, Map.of());
  }

  public boolean isGpu() {
    return kind == Kind.GPU;
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
    return Math.max(flops / speed.peakFlops(), bytes / speed.bandwidth()) + speed.launchSeconds();
  }

  /** This device with one more kernel struck off. */
  public DeviceProfile without(String kernel, String reason) {
    Map<String, String> more = new HashMap<>(struckOff);
    more.put(kernel, reason);
    return new DeviceProfile(name, kind, simt, channelBlock, limits, speed, more);
  }

  /** This device as it was measured. */
  public DeviceProfile with(Speed measured) {
    return new DeviceProfile(name, kind, simt, channelBlock, limits, measured, struckOff);
  }

  /** This device with other resources. */
  public DeviceProfile with(DeviceLimits other) {
    return new DeviceProfile(name, kind, simt, channelBlock, other, speed, struckOff);
  }

  /**
   * One of so many equal shares of this device, as it works while the others work too: of its
   * cores, its speed and the caches that these share.
   */
  public DeviceProfile share(int shares) {
    if (shares == 1) {
      return this;
    }
    Speed own =
        new Speed(
            new Speed.Figure(speed.peakFlops() / shares, speed.peak().measured()),
            new Speed.Figure(speed.bandwidth() / shares, speed.memory().measured()),
            speed.launch());
    return with(limits.share(shares)).with(own);
  }

  /** This device with another channel block and local memory, as a smaller or older one has. */
  public DeviceProfile limitedTo(int block, long localBytes) {
    return new DeviceProfile(
        name, kind, simt, block, limits.withLocalMemory(localBytes), speed, struckOff);
  }
}
