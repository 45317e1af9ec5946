package io.clarinet.cli.load;

import java.time.Duration;

/**
 * A load to measure.
 *
 * @param clients connections
 * @param rate requests a second that are due however long answers take, or 0: each client sends
 *     when it has its answer
 * @param warmUp before the time that is measured
 * @param measured time
 * @param requests to end after, the measured time or not; 0 for no such end
 */
public record LoadStep(
    int clients, double rate, Duration warmUp, Duration measured, long requests) {}
