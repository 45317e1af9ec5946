package io.clarinet;

import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Speed;

/** Makes profiles of devices that are not there: as a small CPU device unless said otherwise. */
public final class TestProfile {
  private DeviceProfile.Kind kind = DeviceProfile.Kind.CPU;
  private int block = 16;
  private long localBytes = 1 << 20;
  private long globalBytes = 8L << 30;
  private long largestBytes = 2L << 30;
  private long cacheBytes = 32L << 20;
  private double peakFlops = 450e9;
  private double bandwidth = 40e9;
  private double launchSeconds = 4e-6;

  /** Of another kind. */
  public TestProfile kind(DeviceProfile.Kind other) {
    kind = other;
    return this;
  }

  /** With another channel block. */
  public TestProfile block(int channels) {
    block = channels;
    return this;
  }

  /** With another local memory. */
  public TestProfile localBytes(long bytes) {
    localBytes = bytes;
    return this;
  }

  /** With another memory for all buffers. */
  public TestProfile globalBytes(long bytes) {
    globalBytes = bytes;
    return this;
  }

  /** With another bound of a single buffer. */
  public TestProfile largestBytes(long bytes) {
    largestBytes = bytes;
    return this;
  }

  /** With another cache; 0 for an unknown one. */
  public TestProfile cacheBytes(long bytes) {
    cacheBytes = bytes;
    return this;
  }

  /** With another speed, in float operations and bytes a second. */
  public TestProfile speed(double flops, double bytes) {
    peakFlops = flops;
    bandwidth = bytes;
    return this;
  }

  /** With other costs of a launch. */
  public TestProfile launchSeconds(double seconds) {
    launchSeconds = seconds;
    return this;
  }

  /** The profile. */
  public DeviceProfile make() {
    return new DeviceProfile(
        "test",
        kind,
        block,
        new DeviceLimits(2, localBytes, globalBytes, largestBytes, 128, cacheBytes),
        Speed.measured(peakFlops, bandwidth, launchSeconds));
  }
}
