/**
 * Immutable graphs of operators over named values, their builder, printer and consistency check.
 */
@NullMarked
package io.clarinet.graph;

import org.jspecify.annotations.NullMarked;
