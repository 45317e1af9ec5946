/**
 * Model files to graphs. Every file is hostile: whatever it holds, reading it takes bounded time
 * and memory and ends in a graph or in one {@link io.clarinet.importer.ModelFormatException}.
 */
@NullMarked
package io.clarinet.importer;

import org.jspecify.annotations.NullMarked;
