/**
 * Files read and written so that a failure names the file and the reason, and leaves no half file.
 * Depends on nothing else here.
 */
@NullMarked
package io.clarinet.file;

import org.jspecify.annotations.NullMarked;
