package io.clarinet.image;

import io.clarinet.file.FileException;
import io.clarinet.image.ImageException.Kind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG (grey, colour, CMYK, progressive), PNG, WebP, TIFF, BMP and GIF files of unknown
 * origin, of several pictures the first: damage is an error, never half a picture, and the size is
 * checked before a pixel is decoded.
 *
 * @param maxPixels the most pixels that a picture may have
 */
public record PictureReader(long maxPixels) {
  /** 100 million pixels, 300 MB once decoded. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000;

  private static final int MAX_FILE_BYTES = 256 << 20;

  /** A reader with the default limit. */
  public PictureReader() {
    this(DEFAULT_MAX_PIXELS);
  }

  /** A reader with a limit of its own; above 700 million pixels no Java array holds a picture. */
  public PictureReader {
    if (maxPixels < 1 || maxPixels > 700_000_000) {
      throw new IllegalArgumentException("maxPixels is " + maxPixels + ", not in 1..700000000");
    }
  }

  /**
   * The picture in a file, turned upright as its EXIF orientation says.
   *
   * @throws ImageException if there is no such file, or it is not a whole picture
   */
  public Picture read(Path file) throws ImageException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in.readNBytes(MAX_FILE_BYTES + 1));
    } catch (ImageException e) {
      throw e;
    } catch (IOException e) {
      throw ImageException.reading(file, e);
    }
  }

  /**
   * The picture in a stream, which is read to its end and left open.
   *
   * @param name what errors call it
   * @throws ImageException if the stream fails, or holds anything but one whole picture
   */
  public Picture read(String name, InputStream file) throws ImageException {
    byte[] bytes;
    try {
      bytes = file.readNBytes(MAX_FILE_BYTES + 1);
    } catch (IOException e) {
      throw new ImageException(Kind.UNREADABLE, name, FileException.reason(e), e);
    }
    return read(name, bytes);
  }

  /**
   * The pixels of an image of any type, as they lie.
   *
   * @param name what errors call it
   * @throws ImageException if it has too many
   */
  public Picture read(String name, BufferedImage image) throws ImageException {
    checkSize(name, image.getWidth(), image.getHeight());
    return Picture.of(image);
  }

  /**
   * The picture in a file's bytes.
   *
   * @param name its name in errors
   * @throws ImageException if it is not a whole picture
   */
  public Picture read(String name, byte[] bytes) throws ImageException {
    if (bytes.length > MAX_FILE_BYTES) {
      throw new ImageException(Kind.TOO_LARGE, name, "larger than 256 MB, the limit");
    }
    PictureFormat format = PictureFormat.of(bytes);
    if (format == null) {
      throw invalid(name, UnreadFormat.of(bytes), null);
    }
    try {
      format.check(bytes);
      BufferedImage decoded = decode(name, format, format.decodable(bytes));
      Picture stored = Picture.of(decoded);
      Picture meant =
          format.profile(bytes, decoded).map(profile -> profile.toSrgb(stored)).orElse(stored);
      return format.orientation(bytes).upright(meant);
    } catch (ImageException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new ImageException(
          Kind.TOO_LARGE, name, "decoding it takes more memory than is left", e);
    } catch (IOException | RuntimeException e) {
      throw invalid(name, "damaged " + format + " file (" + reason(e) + ")", e);
    }
  }

  private BufferedImage decode(String name, PictureFormat format, byte[] bytes) throws IOException {
    ImageReader reader = format.reader();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      checkSize(name, reader.getWidth(0), reader.getHeight(0));
      DamageListener damage = new DamageListener();
      reader.addIIOReadWarningListener(damage);
      BufferedImage image = reader.read(0);
      damage.check();
      return image;
    } finally {
      reader.dispose();
    }
  }

  private void checkSize(String name, long width, long height) throws ImageException {
    String size = width + "x" + height + " pixels";
    if (width < 1 || height < 1) {
      throw invalid(name, "the picture has " + size, null);
    }
    if (width * height > maxPixels) {
      throw new ImageException(
          Kind.TOO_LARGE, name, size + " are more than the limit of " + maxPixels);
    }
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static ImageException invalid(String name, String reason, @Nullable Throwable cause) {
    return new ImageException(Kind.INVALID, name, reason, cause);
  }
}
