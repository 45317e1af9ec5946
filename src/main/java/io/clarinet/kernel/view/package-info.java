/**
 * Ways to run an operator that run nothing: views of values and joins of them, which all targets
 * share.
 */
@NullMarked
package io.clarinet.kernel.view;

import org.jspecify.annotations.NullMarked;
