/**
 * The JVM as a target of its own: vectorised kernels, one class an operator, and the backend that
 * runs plans over arrays of floats.
 */
@NullMarked
package io.clarinet.backend.cpu;

import org.jspecify.annotations.NullMarked;
