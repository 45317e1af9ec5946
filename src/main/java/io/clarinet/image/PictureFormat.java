package io.clarinet.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
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
  BMP("BM");

  private final byte[] magic;

  PictureFormat(String magic) {
    this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
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
    return file.length >= magic.length
        && java.util.Arrays.equals(file, 0, magic.length, magic, 0, magic.length);
  }

  /** A fresh reader; the JVM's registry of image plug-ins is read and left as it is. */
  ImageReader reader() throws IOException {
    ImageReaderSpi builtIn = builtIn();
    return (this == JPEG ? withAllColourSpaces(builtIn) : builtIn).createReaderInstance();
  }

  private ImageReaderSpi builtIn() throws IOException {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (all.hasNext()) {
      ImageReaderSpi spi = all.next();
      if (spi.getClass().getModule() == ImageReaderSpi.class.getModule()
          && List.of(spi.getFormatNames()).contains(name())) {
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
