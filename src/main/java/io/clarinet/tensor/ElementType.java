package io.clarinet.tensor;

/**
 * The type of a tensor's elements; multi-byte elements lie in native byte order, and those of fewer
 * than 8 bits in a byte each.
 */
public enum ElementType {
  /** IEEE 754 binary32. */
  FLOAT32(32),
  /** IEEE 754 binary64. */
  FLOAT64(64),
  /** IEEE 754 binary16. */
  FLOAT16(16),
  /** The upper half of a binary32. */
  BFLOAT16(16),
  /** Integers from -2 to 1. */
  INT2(2),
  /** Integers from -8 to 7. */
  INT4(4),
  /** Integers of a signed byte. */
  INT8(8),
  /** Integers of 16 bits, signed. */
  INT16(16),
  /** Integers of 32 bits, signed. */
  INT32(32),
  /** Integers of 64 bits, signed. */
  INT64(64),
  /** Integers from 0 to 3. */
  UINT2(2),
  /** Integers from 0 to 15. */
  UINT4(4),
  /** Integers from 0 to 255. */
  UINT8(8),
  /** Integers of 16 bits, unsigned. */
  UINT16(16),
  /** Integers of 32 bits, unsigned. */
  UINT32(32),
  /** Integers of 64 bits, unsigned. */
  UINT64(64),
  /** 0 or 1, a byte each. */
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

  /** Whether elements are floating-point numbers. */
  public boolean isFloatingPoint() {
    return this == FLOAT32 || this == FLOAT64 || this == FLOAT16 || this == BFLOAT16;
  }

  /** Whether elements are floating-point numbers of 16 bits. */
  public boolean isHalf() {
    return this == FLOAT16 || this == BFLOAT16;
  }

  /** Whether elements are integers below zero too. */
  public boolean isSigned() {
    return name().startsWith("INT");
  }
}
