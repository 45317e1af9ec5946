package io.clarinet.importer.onnx.proto;

/** How the end of a field is found: the low three bits of its tag, below its number. */
final class WireType {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int DELIMITED = 2;
  static final int START_GROUP = 3;
  static final int END_GROUP = 4;
  static final int FIXED32 = 5;

  /** Bits of a tag below the field's number. */
  static final int BITS = 3;

  private WireType() {}

  static int of(int tag) {
    return tag & ((1 << BITS) - 1);
  }
}
