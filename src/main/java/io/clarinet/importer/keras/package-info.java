/** Reads Keras models from HDF5 files: the architecture's JSON, and the weights of its layers. */
@NullMarked
package io.clarinet.importer.keras;

import org.jspecify.annotations.NullMarked;
