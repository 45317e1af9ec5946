/**
 * Facts about a run: the plan explained, the cost of a step, the timeline, the error against the
 * reference, and the roofline.
 */
@NullMarked
package io.clarinet.report;

import org.jspecify.annotations.NullMarked;
