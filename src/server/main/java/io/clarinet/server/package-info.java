/** Models served over HTTP. */
@NullMarked
package io.clarinet.server;

import org.jspecify.annotations.NullMarked;
