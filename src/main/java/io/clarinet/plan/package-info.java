/**
 * Graph and device profile to Plan: order, layouts, kernel choice, packings, and where each value
 * lies.
 */
@NullMarked
package io.clarinet.plan;

import org.jspecify.annotations.NullMarked;
