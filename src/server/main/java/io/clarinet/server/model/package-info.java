/** Models by name: loaded, batched, replaced and unloaded while others answer. */
@NullMarked
package io.clarinet.server.model;

import org.jspecify.annotations.NullMarked;
