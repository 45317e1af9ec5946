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
  /** The default of {@link #largestBatch}. */
  public static final int LARGEST_BATCH = 16;

  /** The default of {@link #longestWait}. */
  public static final Duration LONGEST_WAIT = Duration.ofMillis(2);

  /** The default of {@link #queue}. */
  public static final int QUEUE = 256;

  /** The default of {@link #deadline}. */
  public static final Duration DEADLINE = Duration.ofSeconds(30);

  public Serving {
    devices = List.copyOf(devices);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("no device");
    }
  }

  /** By default, on these devices. */
  public static Serving on(List<Device> devices) {
    return new Serving(devices, LARGEST_BATCH, LONGEST_WAIT, QUEUE, DEADLINE);
  }
}
