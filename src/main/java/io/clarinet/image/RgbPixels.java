package io.clarinet.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Reads the stored samples of an image as 8-bit RGB, and makes an image of such. Java's own
 * conversion is avoided where it can be: it brightens grey pictures.
 */
final class RgbPixels {
  private RgbPixels() {}

  static byte[] of(BufferedImage image) {
    byte[] rgb = new byte[Math.multiplyExact(3, image.getWidth() * image.getHeight())];
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel || !storesPlainSamples(image)) {
      convert(image, rgb);
    } else if (storesBytes(image.getRaster())) {
      Raster raster = image.getRaster();
      raster.getDataElements(
          raster.getMinX(), raster.getMinY(), image.getWidth(), image.getHeight(), rgb);
    } else {
      copySamples(image.getRaster(), rgb);
    }
    return rgb;
  }

  /** An image whose pixels are these bytes, interleaved. */
  static BufferedImage image(int width, int height, byte[] rgb) {
    int[] bands = {0, 1, 2};
    DataBuffer bytes = new DataBufferByte(rgb, rgb.length);
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(
        model,
        Raster.createInterleavedRaster(bytes, width, height, 3 * width, 3, bands, null),
        false,
        null);
  }

  private static boolean storesPlainSamples(BufferedImage image) {
    int space = image.getColorModel().getColorSpace().getType();
    int type = image.getRaster().getTransferType();
    return (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB)
        && !image.isAlphaPremultiplied()
        && (type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT);
  }

  /** Whether samples are what is wanted already, as those of most JPEG and PNG files are. */
  private static boolean storesBytes(Raster raster) {
    return raster.getTransferType() == DataBuffer.TYPE_BYTE
        && Arrays.equals(raster.getSampleModel().getSampleSize(), new int[] {8, 8, 8});
  }

  private static void convert(BufferedImage image, byte[] rgb) {
    int width = image.getWidth();
    int[] row = new int[width];
    for (int y = 0, at = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        rgb[at++] = (byte) (pixel >> 16);
        rgb[at++] = (byte) (pixel >> 8);
        rgb[at++] = (byte) pixel;
      }
    }
  }

  private static void copySamples(Raster raster, byte[] rgb) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int[] bits = raster.getSampleModel().getSampleSize();
    int[] row = new int[width * bands];
    for (int y = 0, at = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int band = bands < 3 ? 0 : c;
          rgb[at++] = (byte) toEightBits(row[x * bands + band], bits[band]);
        }
      }
    }
  }

  private static int toEightBits(int sample, int bits) {
    if (bits >= 8) {
      return sample >> (bits - 8);
    }
    int max = (1 << bits) - 1;
    return (sample * 255 + max / 2) / max;
  }
}
