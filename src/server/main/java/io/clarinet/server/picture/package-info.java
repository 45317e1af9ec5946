/** Pictures in, labels out. */
@NullMarked
package io.clarinet.server.picture;

import org.jspecify.annotations.NullMarked;
