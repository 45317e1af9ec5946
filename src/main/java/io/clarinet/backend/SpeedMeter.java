package io.clarinet.backend;

import io.clarinet.kernel.Speed;

/**
 * Measures an opened device over and over, each time in some milliseconds. What planning knows of
 * the device stays as it is. Close it before the device.
 */
@FunctionalInterface
public interface SpeedMeter extends AutoCloseable {

  /**
   * The device's speed now: of a few launches the median, so that what slows most of them down
   * counts. The cost of a launch is that of the profile.
   */
  Speed now();

  @Override
  default void close() {}
}
