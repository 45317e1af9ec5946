/** The start of {@code java -jar clarinet-cli.jar}; {@code ./clarinet} does the same in shell. */
@NullMarked
package io.clarinet.launcher;

import org.jspecify.annotations.NullMarked;
