package io.clarinet.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/** The chunks of a PNG file (PNG specification, sections 5.3 to 5.6). */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int OVERHEAD = 12;

  /** {@code eXIf} as a number. */
  private static final int EXIF = 0x65584966;

  /** {@code iCCP} as a number. */
  private static final int PROFILE = 0x69434350;

  private static final int LARGEST_PROFILE = 4 << 20;

  private PngChunks() {}

  /**
   * The EXIF data of a file that {@link #check} has passed, a TIFF structure (PNG specification,
   * third edition, section 11.3.4.6); empty where there are none.
   */
  static byte[] exif(byte[] file) {
    return chunk(file, EXIF);
  }

  /**
   * The colour profile of a file that {@link #check} has passed (PNG specification, third edition,
   * section 11.3.2.3); empty where there is none, or it does not inflate.
   */
  static byte[] profile(byte[] file) {
    byte[] chunk = chunk(file, PROFILE);
    int name = 0;
    while (name < chunk.length && chunk[name] != 0) {
      name++;
    }
    int data = Math.min(chunk.length, name + 2);
    ByteArrayInputStream deflated = new ByteArrayInputStream(chunk, data, chunk.length - data);
    try (InputStream in = new InflaterInputStream(deflated)) {
      byte[] profile = in.readNBytes(LARGEST_PROFILE);
      return profile.length < LARGEST_PROFILE ? profile : new byte[0];
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static byte[] chunk(byte[] file, int type) {
    ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
    while (in.remaining() >= OVERHEAD) {
      int length = in.getInt();
      if (in.getInt() == type) {
        byte[] data = new byte[length];
        in.get(data);
        return data;
      }
      in.position(in.position() + length + 4);
    }
    return new byte[0];
  }

  /**
   * Walks the file from its signature to the IEND chunk.
   *
   * @throws IOException if a chunk is cut off or its checksum is wrong
   */
  static void check(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
    String type = "";
    while (!type.equals("IEND")) {
      int length = in.remaining() < OVERHEAD ? -1 : in.getInt();
      if (length < 0 || length > in.remaining() - 8) {
        throw new IOException("truncated after " + in.position() + " bytes");
      }
      type = new String(file, in.position(), 4, StandardCharsets.ISO_8859_1);
      CRC32 crc = new CRC32();
      crc.update(file, in.position(), 4 + length);
      in.position(in.position() + 4 + length);
      if ((int) crc.getValue() != in.getInt()) {
        throw new IOException("wrong checksum in chunk " + type.replaceAll("[^A-Za-z]", "?"));
      }
    }
  }
}
