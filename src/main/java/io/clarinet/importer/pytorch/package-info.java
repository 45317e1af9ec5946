/**
 * Reads PyTorch's state dictionaries, and fills the zoo's architectures from their tensors. Nothing
 * that a file names is ever run: an allow-list of opcodes and types makes dictionaries of tensors,
 * and everything else is refused by name.
 */
@NullMarked
package io.clarinet.importer.pytorch;

import org.jspecify.annotations.NullMarked;
