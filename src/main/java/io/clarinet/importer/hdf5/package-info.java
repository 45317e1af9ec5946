/**
 * Reads HDF5 files (the File Format Specification, version 3.0): what h5py writes by default, from
 * a mapped file, in work and memory that its size bounds.
 */
@NullMarked
package io.clarinet.importer.hdf5;

import org.jspecify.annotations.NullMarked;
