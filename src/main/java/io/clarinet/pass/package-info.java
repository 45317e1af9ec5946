/** Graph to Graph rewrites that keep the meaning; one class a rewrite. */
@NullMarked
package io.clarinet.pass;

import org.jspecify.annotations.NullMarked;
