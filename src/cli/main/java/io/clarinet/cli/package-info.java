/** The commands. Everything they know they ask of the public face. */
@NullMarked
package io.clarinet.cli;

import org.jspecify.annotations.NullMarked;
