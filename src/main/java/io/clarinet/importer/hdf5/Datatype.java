package io.clarinet.importer.hdf5;

import io.clarinet.tensor.ElementType;

/**
 * The type of elements (section IV.A.2.d of the specification).
 *
 * @param size bytes that an element takes where it is stored
 */
record Datatype(Kind kind, int size) {

  /** The types that are told apart. */
  enum Kind {
    FLOAT,
    /** Text of one length. */
    TEXT,
    /** Text of any length, in a global heap. */
    LONG_TEXT,
    OTHER
  }

  private static final int FLOATING = 1;
  private static final int STRING = 3;
  private static final int VARIABLE = 9;
  private static final int BIG_ENDIAN = 0x41;

  static Datatype read(Bytes bytes, long at) {
    int bits = bytes.u8(at + 1);
    long size = bytes.u32(at + 4);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("its elements have " + size + " bytes");
    }
    Kind kind =
        switch (bytes.u8(at) & 0xf) {
          case FLOATING -> (bits & BIG_ENDIAN) == 0 ? Kind.FLOAT : Kind.OTHER;
          case STRING -> Kind.TEXT;
          case VARIABLE -> (bits & 0xf) == 1 ? Kind.LONG_TEXT : Kind.OTHER;
          default -> Kind.OTHER;
        };
    return new Datatype(kind, (int) size);
  }

  /**
   * The element type of numbers.
   *
   * @throws IllegalArgumentException if they are no little-endian floating-point numbers
   */
  ElementType element() {
    return switch (kind == Kind.FLOAT ? size : 0) {
      case 2 -> ElementType.FLOAT16;
      case 4 -> ElementType.FLOAT32;
      case 8 -> ElementType.FLOAT64;
      default ->
          throw new IllegalArgumentException(
              "its elements, of " + size + " bytes, are no little-endian floats");
    };
  }
}
