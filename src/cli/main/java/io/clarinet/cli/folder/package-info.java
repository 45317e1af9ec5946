/**
 * Work on many files: their names, reading ahead, and answers in a file that can be gone on with.
 */
@NullMarked
package io.clarinet.cli.folder;

import org.jspecify.annotations.NullMarked;
