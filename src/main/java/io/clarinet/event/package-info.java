/** Things that happen to models and sessions, as a {@link io.clarinet.event.Listener} is told. */
@NullMarked
package io.clarinet.event;

import org.jspecify.annotations.NullMarked;
