/**
 * The preprocessing that a network wants and the meaning of its scores, by its metadata, its graph,
 * and the family of networks that it belongs to.
 */
@NullMarked
package io.clarinet.classify;

import org.jspecify.annotations.NullMarked;
