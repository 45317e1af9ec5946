package io.clarinet.server.model;

import io.clarinet.Device;
import java.time.Duration;
import java.util.List;

/**
 * How models are served.
 *
 * @param devices each model runs on all of these
 * @param largestBatch items that are joined at most
 * @param longestWait of a request for others to share its batch
 * @param queue requests of one model and device that may wait
 * @param deadline from a request's coming to its answer
 */
public record Serving(
    List<Device> devices, int largestBatch, Duration longestWait, int queue, Duration deadline) {
  /** One device, and batches of up to 16. */
  public static final Serving DEFAULT =
      new Serving(List.of(Device.auto()), 16, Duration.ofMillis(2), 256, Duration.ofSeconds(30));

  public Serving {
    devices = List.copyOf(devices);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("no device");
    }
  }

  /** On other devices. */
  public Serving on(List<Device> others) {
    return new Serving(others, largestBatch, longestWait, queue, deadline);
  }
}
