/** HTTP/1.1 by Netty: requests collected within limits, and answered in their order. */
@NullMarked
package io.clarinet.server.http;

import org.jspecify.annotations.NullMarked;
