/** Tells listeners and the flight recorder what happens, where anybody wants to know. */
@NullMarked
package io.clarinet.observe;

import org.jspecify.annotations.NullMarked;
