/** Random graphs, each from a seed, and what must agree about them. */
@NullMarked
package io.clarinet.random;

import org.jspecify.annotations.NullMarked;
