package io.clarinet;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.SpeedMeter;
import io.clarinet.kernel.Speed;
import io.clarinet.report.DeviceSpeed;

/**
 * Tells how fast a session's device is at the moment, which clocks and neighbours change. It holds
 * up to 128 MB of the device's memory, and changes nothing that planning knows. For one thread at a
 * time; to be closed before the session.
 */
public final class Speedometer implements AutoCloseable {
  private final SpeedMeter meter;

  Speedometer(SpeedMeter meter) {
    this.meter = meter;
  }

  /**
   * The speed now, measured in some milliseconds while no run should be in progress.
   *
   * @throws DeviceException if the device has failed
   */
  public DeviceSpeed now() {
    Speed speed = meter.now();
    return new DeviceSpeed(speed.peakFlops(), speed.bandwidth());
  }

  @Override
  public void close() {
    meter.close();
  }
}
