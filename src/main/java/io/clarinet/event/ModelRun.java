package io.clarinet.event;

import java.time.Duration;

/**
 * A run, from its plan being ready to its results being there; the wait for other runs counts.
 *
 * @param device id and name, as {@link io.clarinet.Device#toString} gives them
 * @param shapes of the inputs in declared order, as {@code 1x3x224x224, 4}
 * @param inputBytes bytes brought to the device
 * @param outputBytes bytes brought back
 * @param failure the reason why it failed, one line; empty if it did not
 */
public record ModelRun(
    String model,
    String device,
    String shapes,
    long inputBytes,
    long outputBytes,
    Duration duration,
    String failure) {}
