/**
 * What a network wants of pictures and what its scores mean, by its metadata, its graph, and what
 * it is known as.
 */
@NullMarked
package io.clarinet.classify;

import org.jspecify.annotations.NullMarked;
