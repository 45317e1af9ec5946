package io.clarinet.event;

/**
 * Work that goes on elsewhere than it was meant to: a session on the next device or the CPU, or
 * steps of a plan on the host.
 *
 * @param from the device, as {@link io.clarinet.Device#toString} gives it; {@code auto} where a
 *     session was opened on the CPU for want of a device
 * @param to the device that goes on; {@code host} for steps
 * @param reason the failures of the devices, or the steps that no kernel takes
 */
public record Fallback(String model, String from, String to, String reason) {}
