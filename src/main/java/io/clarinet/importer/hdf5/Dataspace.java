package io.clarinet.importer.hdf5;

import io.clarinet.tensor.Shape;

/** The extents of an array (section IV.A.2.b of the specification). */
final class Dataspace {
  private static final int MAX_RANK = 32;
  private static final int NULL = 2;

  private Dataspace() {}

  /** The extents; those of nothing are a single 0. */
  static Shape read(Bytes bytes, long at) {
    boolean second = bytes.u8(at) == 2;
    int rank = bytes.u8(at + 1);
    if (rank > MAX_RANK) {
      throw new IllegalArgumentException("it has " + rank + " axes");
    }
    if (second && bytes.u8(at + 3) == NULL) {
      return Shape.of(0);
    }
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = bytes.i64(at + (second ? 4 : 8) + 8L * i);
    }
    return Shape.of(dims);
  }
}
