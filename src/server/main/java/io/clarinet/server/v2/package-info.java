/** The Open Inference Protocol, version 2, with Triton's extensions. */
@NullMarked
package io.clarinet.server.v2;

import org.jspecify.annotations.NullMarked;
