package io.clarinet.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** WebP files of {@link SamplePictures#gradient 37 x 29 pixels}, made by Google's cwebp. */
final class SampleWebps {
  private SampleWebps() {}

  static byte[] lossless() throws IOException {
    return Files.readAllBytes(Path.of("src/test/resources/pictures/gradient-lossless.webp"));
  }

  static byte[] lossy() throws IOException {
    return Files.readAllBytes(Path.of("src/test/resources/pictures/gradient-lossy.webp"));
  }

  /** A simple file's picture in an extended one (RFC 9649, section 2.7). */
  static byte[] extended(byte[] simple, int width, int height, byte[] icc, byte[] exif) {
    ByteBuffer header = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt((icc.length > 0 ? 0x20 : 0) | (exif.length > 0 ? 0x08 : 0));
    header.putShort((short) (width - 1)).put((byte) 0).putShort((short) (height - 1)).put((byte) 0);
    ByteBuffer out =
        ByteBuffer.allocate(simple.length + icc.length + exif.length + 64)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("RIFF____WEBP".getBytes(ISO_8859_1));
    chunk(out, "VP8X", header.array());
    if (icc.length > 0) {
      chunk(out, "ICCP", icc);
    }
    out.put(simple, 12, simple.length - 12);
    if (exif.length > 0) {
      chunk(out, "EXIF", exif);
    }
    out.putInt(4, out.position() - 8);
    byte[] file = new byte[out.position()];
    out.get(0, file);
    return file;
  }

  private static void chunk(ByteBuffer out, String type, byte[] data) {
    out.put(type.getBytes(ISO_8859_1)).putInt(data.length).put(data);
    if (data.length % 2 == 1) {
      out.put((byte) 0);
    }
  }
}
