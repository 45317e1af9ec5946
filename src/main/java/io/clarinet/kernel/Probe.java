package io.clarinet.kernel;

import java.util.function.Consumer;

/**
 * Work that measures the JVM.
 *
 * @param work keeps all threads busy
 * @param amount of one run: float operations, or bytes
 */
public record Probe(Consumer<JvmKernel.Threads> work, double amount) {}
