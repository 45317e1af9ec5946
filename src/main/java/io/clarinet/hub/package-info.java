/**
 * Models fetched from a hub by its public protocol (Hugging Face Hub), into the cache that other
 * tools for it share. Whatever a server says is checked before it is believed: names, sizes and
 * contents.
 */
@NullMarked
package io.clarinet.hub;

import org.jspecify.annotations.NullMarked;
