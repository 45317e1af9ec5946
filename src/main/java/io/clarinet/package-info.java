/**
 * The public face: load a {@link io.clarinet.Model}, open it on a {@link io.clarinet.Device}, run
 * the {@link io.clarinet.Session}.
 */
@NullMarked
package io.clarinet;

import org.jspecify.annotations.NullMarked;
