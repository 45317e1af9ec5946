package io.clarinet.importer.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a file, little-endian, and how much work its structure may still cause. Every fault
 * is an {@link IllegalArgumentException}.
 */
final class Bytes {
  /** The value that stands for no address. */
  static final long UNDEFINED = -1;

  private static final long LEAST_WORK = 1 << 17;
  private static final long LEAST_TEXT = 1 << 20;

  private final ByteBuffer file;
  private long work;
  private long text;

  Bytes(ByteBuffer file) {
    this.file = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    this.work = LEAST_WORK + size() / 64;
    this.text = LEAST_TEXT + size();
  }

  long size() {
    return file.limit();
  }

  /** Counts one more piece of structure: a message, an entry, a name. */
  void step() {
    if (--work < 0) {
      throw new IllegalArgumentException("its structure is too large for its size");
    }
  }

  int u8(long at) {
    return file.get(checked(at, 1)) & 0xff;
  }

  int u16(long at) {
    return file.getShort(checked(at, 2)) & 0xffff;
  }

  long u32(long at) {
    return file.getInt(checked(at, 4)) & 0xffffffffL;
  }

  /** A 64-bit number, negative where it is out of range. */
  long i64(long at) {
    return file.getLong(checked(at, 8));
  }

  /** An unsigned number of 1, 2, 4 or 8 bytes. */
  long unsigned(long at, int bytes) {
    return switch (bytes) {
      case 1 -> u8(at);
      case 2 -> u16(at);
      case 4 -> u32(at);
      default -> i64(at);
    };
  }

  /** Fails unless the file has so many bytes there. */
  void require(long at, long length) {
    checked(at, length);
  }

  /** A view of some bytes. */
  ByteBuffer slice(long at, long length) {
    return file.slice(checked(at, length), (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Text that ends at its first zero, or after {@code length} bytes. */
  String text(long at, long length) {
    checked(at, length);
    int end = 0;
    while (end < length && file.get((int) at + end) != 0) {
      end++;
    }
    text -= end;
    if (text < 0) {
      throw new IllegalArgumentException("its texts are too large for its size");
    }
    byte[] bytes = new byte[end];
    file.get((int) at, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Text that ends at its first zero. */
  String text(long at) {
    return text(at, size() - checked(at, 0));
  }

  void requireSignature(long at, String signature) {
    for (int i = 0; i < signature.length(); i++) {
      if (u8(at + i) != signature.charAt(i)) {
        throw new IllegalArgumentException("there is no " + signature + " at byte " + at);
      }
    }
  }

  private int checked(long at, long length) {
    if (at < 0 || length < 0 || at > size() - length) {
      throw new IllegalArgumentException(
          "it ends before byte " + at + (length > 1 ? " + " + length : ""));
    }
    return (int) at;
  }
}
