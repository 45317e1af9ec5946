package io.clarinet.importer.pytorch;

import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The numbers and strings of a pickle; every length is checked before anything is made. */
final class PickleInput {
  private static final int MAX_INTEGER = 16;
  private static final int MAX_LINE = 1000;
  private final ByteBuffer bytes;

  /** Reads from the buffer's position on, and moves it. */
  PickleInput(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  private void require(long count) throws IOException {
    if (count < 0 || count > bytes.remaining()) {
      throw new EOFException("the pickle is cut short, or lies about a length");
    }
  }

  int uint8() throws IOException {
    require(1);
    return bytes.get() & 0xff;
  }

  int uint16() throws IOException {
    require(2);
    return bytes.getShort() & 0xffff;
  }

  int int32() throws IOException {
    require(4);
    return bytes.getInt();
  }

  long uint32() throws IOException {
    return int32() & 0xffffffffL;
  }

  long int64() throws IOException {
    require(8);
    return bytes.getLong();
  }

  double bigEndianDouble() throws IOException {
    return Double.longBitsToDouble(Long.reverseBytes(int64()));
  }

  String utf8(long length) throws IOException {
    return text(length, StandardCharsets.UTF_8);
  }

  /** A string of Python 2. */
  String latin1(long length) throws IOException {
    return text(length, StandardCharsets.ISO_8859_1);
  }

  private String text(long length, Charset charset) throws IOException {
    return new String(bytes(length), charset);
  }

  private byte[] bytes(long length) throws IOException {
    require(length);
    byte[] copy = new byte[(int) length];
    bytes.get(copy);
    return copy;
  }

  /** Passes over bytes. */
  void skip(long length) throws IOException {
    require(length);
    bytes.position(bytes.position() + (int) length);
  }

  /** A two's complement number of so many bytes, the least significant first. */
  Object integer(long length) throws IOException {
    if (length < 0 || length > MAX_INTEGER) {
      throw new IOException("an integer of " + length + " bytes");
    }
    byte[] digits = bytes(length);
    for (int i = 0; i < digits.length / 2; i++) {
      byte swapped = digits[i];
      digits[i] = digits[digits.length - 1 - i];
      digits[digits.length - 1 - i] = swapped;
    }
    BigInteger value = digits.length == 0 ? BigInteger.ZERO : new BigInteger(digits);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  /** Up to the next line feed. */
  String line() throws IOException {
    for (int length = 0; length <= MAX_LINE; length++) {
      require(length + 1L);
      if (bytes.get(bytes.position() + length) == '\n') {
        String line = utf8(length);
        bytes.get();
        return line;
      }
    }
    throw new IOException("a name of more than " + MAX_LINE + " bytes");
  }
}
