package io.clarinet.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The chunks of a WebP file (RFC 9649, sections 2.3 to 2.7). */
final class WebpChunks {
  private static final int HEADER = 12;

  /** {@code EXIF} as a number, lowest byte first. */
  private static final int EXIF = 0x46495845;

  private WebpChunks() {}

  /**
   * Walks the file to its end.
   *
   * @throws IOException if it is cut off
   */
  static void check(byte[] file) throws IOException {
    long end = 8 + (reader(file).getInt(4) & 0xffffffffL);
    if (end > file.length) {
      throw new IOException("truncated after " + file.length + " of " + end + " bytes");
    }
  }

  /** The EXIF data, a TIFF structure; empty where there are none. */
  static byte[] exif(byte[] file) {
    ByteBuffer in = reader(file).position(HEADER);
    while (in.remaining() >= 8) {
      int type = in.getInt();
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        break;
      }
      if (type == EXIF) {
        byte[] data = new byte[length];
        in.get(data);
        return data;
      }
      in.position(Math.min(in.limit(), in.position() + length + length % 2));
    }
    return new byte[0];
  }

  private static ByteBuffer reader(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }
}
