package io.clarinet.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** The file formats that are read, each known by its first bytes. */
enum PictureFormat {
  JPEG("\u00ff\u00d8\u00ff"),
  PNG("\u0089PNG\r\n\u001a\n"),
  GIF("GIF8"),
  WEBP("RIFF", "WEBP"),
  TIFF("II*\0"),
  TIFF_BIG_ENDIAN("MM\0*"),
  BMP("BM");

  /** The formats as sentences name them. */
  static final String LIST = "JPEG, PNG, WebP, TIFF, BMP or GIF";

  /** Where formats within a container name themselves. */
  private static final int INNER = 8;

  private final byte[] magic;
  private final byte[] inner;

  PictureFormat(String magic) {
    this(magic, "");
  }

  /**
   * @param inner what stands eight bytes from the file's begin
   */
  PictureFormat(String magic, String inner) {
    this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    this.inner = inner.getBytes(StandardCharsets.ISO_8859_1);
  }

  static @Nullable PictureFormat of(byte[] file) {
    for (PictureFormat format : values()) {
      if (format.starts(file)) {
        return format;
      }
    }
    return null;
  }

  private boolean starts(byte[] file) {
    return isAt(0, magic, file) && (inner.length == 0 || isAt(INNER, inner, file));
  }

  private static boolean isAt(int begin, byte[] text, byte[] file) {
    int end = begin + text.length;
    return file.length >= end && Arrays.equals(file, begin, end, text, 0, text.length);
  }

  /** A fresh reader; the JVM's registry of image plug-ins is read and left as it is. */
  ImageReader reader() throws IOException {
    if (this == WEBP) {
      return new WebPImageReaderSpi().createReaderInstance();
    }
    ImageReaderSpi builtIn = builtIn();
    return (this == JPEG ? withAllColourSpaces(builtIn) : builtIn).createReaderInstance();
  }

  /**
   * Checks what decoders pass over.
   *
   * @throws IOException if the file is cut off or damaged
   */
  void check(byte[] file) throws IOException {
    if (this == PNG) {
      PngChunks.check(file);
    } else if (this == WEBP) {
      WebpChunks.check(file);
    }
  }

  /** What a decoder is given of a checked file. */
  byte[] decodable(byte[] file) {
    return this == JPEG ? JpegSegments.withoutProfiles(file) : file;
  }

  /** Which way up the picture in a checked file is. */
  Orientation orientation(byte[] file) {
    return switch (this) {
      case JPEG -> Orientation.ofJpeg(file);
      case PNG -> Orientation.ofExif(PngChunks.exif(file));
      case WEBP -> Orientation.ofExif(WebpChunks.exif(file));
      case TIFF, TIFF_BIG_ENDIAN -> Orientation.ofExif(file);
      case GIF, BMP -> Orientation.UPRIGHT;
    };
  }

  /**
   * What the colours of a checked file mean; empty for sRGB. Decoders of JPEG and PNG do not tell
   * in all versions of Java.
   */
  Optional<ColourProfile> profile(byte[] file, BufferedImage decoded) {
    return switch (this) {
      case JPEG -> ColourProfile.of(JpegSegments.profile(file));
      case PNG -> ColourProfile.of(PngChunks.profile(file));
      default ->
          decoded.getColorModel().getColorSpace() instanceof ICC_ColorSpace space
              ? ColourProfile.of(space.getProfile())
              : Optional.empty();
    };
  }

  @Override
  public String toString() {
    return this == WEBP ? "WebP" : this == TIFF_BIG_ENDIAN ? "TIFF" : name();
  }

  private ImageReaderSpi builtIn() throws IOException {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (all.hasNext()) {
      ImageReaderSpi spi = all.next();
      if (spi.getClass().getModule() == ImageReaderSpi.class.getModule()
          && List.of(spi.getFormatNames()).contains(toString())) {
        return spi;
      }
    }
    throw new IOException("this Java runtime has no " + this + " reader (module java.desktop)");
  }

  private static ImageReaderSpi withAllColourSpaces(ImageReaderSpi builtIn) {
    ServiceRegistry own = new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    own.registerServiceProvider(builtIn, ImageReaderSpi.class);
    JPEGImageReaderSpi spi = new JPEGImageReaderSpi();
    own.registerServiceProvider(spi, ImageReaderSpi.class);
    return spi;
  }
}
