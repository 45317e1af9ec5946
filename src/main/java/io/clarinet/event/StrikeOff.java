package io.clarinet.event;

/**
 * A kernel that a session does not use any more, since it does not build or gave a wrong answer;
 * others take its steps.
 *
 * @param model the first whose plan wanted the kernel
 * @param kernel its name, as in {@code clarinet explain}
 * @param device id and name, as {@link io.clarinet.Device#toString} gives them
 * @param reason with the compiler's messages
 */
public record StrikeOff(String model, String kernel, String device, String reason) {}
