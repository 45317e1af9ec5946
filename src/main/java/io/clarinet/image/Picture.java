package io.clarinet.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A decoded picture: 8-bit red, green and blue, interleaved, rows from the top. Immutable.
 *
 * <p>Transparency is dropped, as Pillow's {@code convert("RGB")} does. Colours of a file's own
 * profile, such as Adobe RGB or Display P3, are converted to sRGB; grey and CMYK profiles are
 * ignored.
 */
public final class Picture {
  private static final String UNNAMED = "the picture";

  private final int width;
  private final int height;
  private final byte[] rgb;

  /** Takes ownership of {@code rgb}, {@code height * width * 3} bytes. */
  Picture(int width, int height, byte[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /**
   * A picture of {@code height * width} pixels, copied from interleaved RGB bytes.
   *
   * @throws IllegalArgumentException if an extent is not positive or the byte count is not theirs
   */
  public static Picture ofRgb(int width, int height, byte[] rgb) {
    if (width <= 0 || height <= 0 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          width + "x" + height + " RGB pixels do not fit " + rgb.length + " bytes");
    }
    return new Picture(width, height, rgb.clone());
  }

  /** The pixels of an image of any type, 16-bit samples cut to their high byte. */
  static Picture of(BufferedImage image) {
    return new Picture(image.getWidth(), image.getHeight(), RgbPixels.of(image));
  }

  /**
   * The picture in a JPEG, PNG, WebP, TIFF, BMP or GIF file (the first of several), turned upright
   * as its EXIF orientation says. Pictures above {@link PictureReader#DEFAULT_MAX_PIXELS} are
   * refused.
   *
   * @throws ImageException if there is no such file, or it is not a whole picture
   */
  public static Picture read(Path file) throws IOException {
    return new PictureReader().read(file);
  }

  /**
   * The picture in a file's bytes, read as {@link #read(Path)} reads files; {@link
   * PictureReader#read(String, byte[])} gives it a name for errors.
   *
   * @throws ImageException if they are not a whole picture
   */
  public static Picture read(byte[] file) throws IOException {
    return new PictureReader().read(UNNAMED, file);
  }

  /**
   * The picture in a stream, which is read to its end and left open, as {@link #read(Path)} reads
   * files; {@link PictureReader#read(String, InputStream)} gives it a name for errors.
   *
   * @throws ImageException if the stream fails, or holds anything but one whole picture
   */
  public static Picture read(InputStream file) throws IOException {
    return new PictureReader().read(UNNAMED, file);
  }

  /**
   * The pixels of an image of any type, as they lie: an image in memory has no orientation. 16-bit
   * samples are cut to their high byte.
   *
   * @throws ImageException if it has more than {@link PictureReader#DEFAULT_MAX_PIXELS}
   */
  public static Picture read(BufferedImage image) throws IOException {
    return new PictureReader().read(UNNAMED, image);
  }

  /** Pixels a row. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** A copy of the pixels, {@code [height][width][3]}. */
  public byte[] rgb() {
    return rgb.clone();
  }

  /** One sample, 0..255; channel 0 is red. */
  public int sample(int x, int y, int channel) {
    return rgb[(y * width + x) * 3 + channel] & 0xff;
  }

  /** The picture as a PNG file. */
  public byte[] png() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      ImageIO.write(RgbPixels.image(width, height, rgb), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  byte[] shared() {
    return rgb;
  }

  @Override
  public String toString() {
    return "picture " + width + "x" + height;
  }
}
