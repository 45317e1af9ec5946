/** What a server tells Prometheus. */
@NullMarked
package io.clarinet.server.metric;

import org.jspecify.annotations.NullMarked;
