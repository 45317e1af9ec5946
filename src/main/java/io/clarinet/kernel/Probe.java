package io.clarinet.kernel;

/**
 * Work that measures the JVM.
 *
 * @param kernel uses all threads, and no operand
 * @param amount work of one run: float operations, or bytes
 */
public record Probe(JvmKernel kernel, double amount) {}
