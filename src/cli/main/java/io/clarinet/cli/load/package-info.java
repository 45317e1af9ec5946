/** The load generator behind {@code bench --url}. */
@NullMarked
package io.clarinet.cli.load;

import org.jspecify.annotations.NullMarked;
