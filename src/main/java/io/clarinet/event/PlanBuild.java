package io.clarinet.event;

import java.time.Duration;

/**
 * The planning for inputs of some shapes, with its programs compiled or taken from a cache and its
 * weights packed.
 *
 * @param device id and name, as {@link io.clarinet.Device#toString} gives them
 * @param shapes of the inputs in declared order, as {@code 1x3x224x224, 4}
 * @param steps number of steps of a run
 * @param hostSteps number of those that run on the host, since no kernel takes them
 * @param weightBytes on the device: packed weights, which plans share
 * @param laneBytes on the device: the values of a run
 * @param failure the reason why it failed, one line; empty if it did not
 */
public record PlanBuild(
    String model,
    String device,
    String shapes,
    int steps,
    int hostSteps,
    long weightBytes,
    long laneBytes,
    Duration duration,
    String failure) {}
