/**
 * The kernels of the JVM target, over arrays of floats, and {@link
 * io.clarinet.kernel.jvm.JvmKernels}, the table of them.
 */
@NullMarked
package io.clarinet.kernel.jvm;

import org.jspecify.annotations.NullMarked;
