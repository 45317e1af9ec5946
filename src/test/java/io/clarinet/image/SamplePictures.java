package io.clarinet.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures and picture files that the tests make themselves. */
final class SamplePictures {
  private SamplePictures() {}

  /** A smooth picture, so that lossy formats come close. */
  static BufferedImage gradient(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int r = 255 * x / Math.max(1, width - 1);
        int g = 255 * y / Math.max(1, height - 1);
        image.setRGB(x, y, 0xff000000 | r << 16 | g << 8 | (255 - r) / 2);
      }
    }
    return image;
  }

  static Picture noise(int width, int height, long seed) {
    byte[] rgb = new byte[width * height * 3];
    new Random(seed).nextBytes(rgb);
    return Picture.ofRgb(width, height, rgb);
  }

  static byte[] encode(BufferedImage image, String format) throws IOException {
    return encode(new IIOImage(image, null, null), format, parameters -> {});
  }

  static byte[] encode(Raster raster, String format) throws IOException {
    return encode(new IIOImage(raster, null, null), format, parameters -> {});
  }

  static byte[] encode(IIOImage image, String format, Consumer<ImageWriteParam> settings)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      settings.accept(parameters);
      writer.write(null, image, parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A JPEG file with one more segment at its beginning. */
  static byte[] withSegment(byte[] jpeg, byte[] segment) {
    return ByteBuffer.allocate(jpeg.length + segment.length)
        .put(jpeg, 0, 2)
        .put(segment)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** A PNG file with one more chunk after its header. */
  static byte[] withChunk(byte[] png, String type, byte[] data) {
    byte[] named = (type + new String(data, ISO_8859_1)).getBytes(ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(named);
    int header = 8 + 25;
    return ByteBuffer.allocate(png.length + named.length + 8)
        .put(png, 0, header)
        .putInt(data.length)
        .put(named)
        .putInt((int) crc.getValue())
        .put(png, header, png.length - header)
        .array();
  }

  /** Mean absolute difference of all samples, in grey levels. */
  static double difference(Picture a, Picture b) {
    byte[] x = a.rgb();
    byte[] y = b.rgb();
    if (a.width() != b.width() || a.height() != b.height()) {
      throw new AssertionError(a + " is not as large as " + b);
    }
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.abs((x[i] & 0xff) - (y[i] & 0xff));
    }
    return sum / x.length;
  }
}
