package io.clarinet.tensor;

/**
 * The type of a tensor's elements; multi-byte elements lie in native byte order, and those of fewer
 * than 8 bits in a byte each.
 */
public enum ElementType {
  FLOAT32(32),
  FLOAT64(64),
  FLOAT16(16),
  BFLOAT16(16),
  INT2(2),
  INT4(4),
  INT8(8),
  INT16(16),
  INT32(32),
  INT64(64),
  UINT2(2),
  UINT4(4),
  UINT8(8),
  UINT16(16),
  UINT32(32),
  UINT64(64),
  BOOL(8);

  private final int bits;

  ElementType(int bits) {
    this.bits = bits;
  }

  /** Bytes that one element takes. */
  public int bytes() {
    return Math.max(1, bits / 8);
  }

  /** Bits that tell one element from others. */
  public int bits() {
    return bits;
  }

  public boolean isFloatingPoint() {
    return this == FLOAT32 || this == FLOAT64 || this == FLOAT16 || this == BFLOAT16;
  }

  /** Whether elements are integers below zero too. */
  public boolean isSigned() {
    return name().startsWith("INT");
  }
}
