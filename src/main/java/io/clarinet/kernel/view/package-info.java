/**
 * Ways to run an operator that run nothing: views of values and joins of them, which any target may
 * offer.
 */
@NullMarked
package io.clarinet.kernel.view;

import org.jspecify.annotations.NullMarked;
