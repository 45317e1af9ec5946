/** Clarinet as an engine of the Deep Java Library (DJL), which finds it on its class path. */
@NullMarked
package io.clarinet.djl;

import org.jspecify.annotations.NullMarked;
