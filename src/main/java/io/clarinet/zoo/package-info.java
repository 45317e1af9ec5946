/** The architectures, as graph-building code over a source of weights. */
@NullMarked
package io.clarinet.zoo;

import org.jspecify.annotations.NullMarked;
