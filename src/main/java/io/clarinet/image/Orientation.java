package io.clarinet.image;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * The orientation of a stored picture, by the EXIF tag Orientation (EXIF 2.3, section 4.6.4 A).
 *
 * @param swapped whether stored rows are columns of the upright picture
 * @param mirroredX whether the stored left is the right, after the swap
 * @param mirroredY whether the stored top is the bottom, after the swap
 */
record Orientation(boolean swapped, boolean mirroredX, boolean mirroredY) {
  static final Orientation UPRIGHT = new Orientation(false, false, false);

  /** The orientation in a JPEG file; upright where there is none or it makes no sense. */
  static Orientation ofJpeg(byte[] jpeg) {
    try {
      return of(
          JpegMetadataReader.readMetadata(
              new ByteArrayInputStream(jpeg), List.of(new ExifReader())));
    } catch (JpegProcessingException | IOException | RuntimeException e) {
      return UPRIGHT;
    }
  }

  /** The orientation in EXIF data; upright where there is none or it makes no sense. */
  static Orientation ofExif(byte[] tiff) {
    try {
      Metadata metadata = new Metadata();
      new ExifReader().extract(new ByteArrayReader(tiff), metadata);
      return of(metadata);
    } catch (RuntimeException e) {
      return UPRIGHT;
    }
  }

  private static Orientation of(Metadata metadata) {
    var main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer tag = main == null ? null : main.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    return tag == null ? UPRIGHT : ofTag(tag);
  }

  static Orientation ofTag(int tag) {
    return switch (tag) {
      case 2 -> new Orientation(false, true, false);
      case 3 -> new Orientation(false, true, true);
      case 4 -> new Orientation(false, false, true);
      case 5 -> new Orientation(true, false, false);
      case 6 -> new Orientation(true, true, false);
      case 7 -> new Orientation(true, true, true);
      case 8 -> new Orientation(true, false, true);
      default -> UPRIGHT;
    };
  }

  Picture upright(Picture stored) {
    if (equals(UPRIGHT)) {
      return stored;
    }
    int width = swapped ? stored.height() : stored.width();
    int height = swapped ? stored.width() : stored.height();
    byte[] from = stored.shared();
    byte[] to = new byte[from.length];
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at += 3) {
        int u = mirroredX ? width - 1 - x : x;
        int v = mirroredY ? height - 1 - y : y;
        int source = swapped ? u * stored.width() + v : v * stored.width() + u;
        System.arraycopy(from, source * 3, to, at, 3);
      }
    }
    return new Picture(width, height, to);
  }
}
