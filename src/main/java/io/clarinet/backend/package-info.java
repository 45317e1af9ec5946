/** An opened device that runs plans, and what all such devices have in common. */
@NullMarked
package io.clarinet.backend;

import org.jspecify.annotations.NullMarked;
