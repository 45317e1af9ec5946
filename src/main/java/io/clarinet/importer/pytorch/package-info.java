/**
 * Reads PyTorch's state dictionaries, and fills the zoo's architectures from their tensors. Nothing
 * that a file names is ever run: an allow-list of opcodes and types makes dictionaries of tensors;
 * other objects beside these are passed over, and calls that might do anything are refused by name.
 */
@NullMarked
package io.clarinet.importer.pytorch;

import org.jspecify.annotations.NullMarked;
