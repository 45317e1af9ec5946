/** Reads zip archives from their bytes, without unpacking what nobody asks for. */
@NullMarked
package io.clarinet.importer.zip;

import org.jspecify.annotations.NullMarked;
