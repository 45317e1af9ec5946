/**
 * What is told of a run: the plan explained, the cost of a step, what happened when, how far
 * results are from the reference, and what no implementation can beat.
 */
@NullMarked
package io.clarinet.report;

import org.jspecify.annotations.NullMarked;
