/** Reads safetensors files, and fills the zoo's architectures from their tensors. */
@NullMarked
package io.clarinet.importer.safetensors;

import org.jspecify.annotations.NullMarked;
