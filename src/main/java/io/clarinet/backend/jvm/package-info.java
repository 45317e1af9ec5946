/** Runs plans on the JVM, on threads of its own. Sees no operator. */
@NullMarked
package io.clarinet.backend.jvm;

import org.jspecify.annotations.NullMarked;
