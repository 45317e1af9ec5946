package io.clarinet.event;

import java.time.Duration;

/**
 * The loading of a model.
 *
 * @param model its name; empty if it failed
 * @param source the file, {@code memory}, {@code stream}, {@code bundled} or {@code zoo}
 * @param nodes number of nodes of its graph
 * @param weightBytes bytes of its constants
 * @param failure the reason why it failed, one line; empty if it did not
 */
public record ModelLoad(
    String model, String source, int nodes, long weightBytes, Duration duration, String failure) {}
