/** What the importers of all model formats share. */
@NullMarked
package io.clarinet.importer;

import org.jspecify.annotations.NullMarked;
