/** The page at {@code /}, and what it asks for. */
@NullMarked
package io.clarinet.server.page;

import org.jspecify.annotations.NullMarked;
