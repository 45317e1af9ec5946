package io.clarinet.report;

/**
 * How fast a device was at some moment.
 *
 * @param peakFlops float32 operations a second, a fused multiply-add counting two
 * @param bandwidth bytes a second read from memory
 */
public record DeviceSpeed(double peakFlops, double bandwidth) {}
