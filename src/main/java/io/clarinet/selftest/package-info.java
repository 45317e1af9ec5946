/**
 * Kernels tried on tiny cases before a plan is trusted to them, in a JVM whose end hurts nobody.
 */
@NullMarked
package io.clarinet.selftest;

import org.jspecify.annotations.NullMarked;
