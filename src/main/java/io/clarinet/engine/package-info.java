/**
 * A model made concrete on an opened device: specialised for its inputs, its batch in parts where
 * that is faster, planned, kept within a bound of memory, and checked layer by layer. Chooses the
 * device's kernels.
 */
@NullMarked
package io.clarinet.engine;

import org.jspecify.annotations.NullMarked;
