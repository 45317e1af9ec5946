package io.clarinet.backend;

import io.clarinet.kernel.Speed;

/**
 * Measures an opened device over and over, each time in some milliseconds. What planning knows of
 * the device stays as it is. Close it before the device.
 */
@FunctionalInterface
public interface SpeedMeter extends AutoCloseable {

  /**
   * The device's speed now: of a few launches the best, so that clocks and neighbours count, which
   * slow all of them down, and not whom the system lets run meanwhile, which holds up some. The
   * cost of a launch is that of the profile.
   */
  Speed now();

  @Override
  default void close() {}
}
