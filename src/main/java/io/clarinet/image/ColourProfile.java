package io.clarinet.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/**
 * What a picture's red, green and blue mean where they are not sRGB's, such as Adobe RGB or Display
 * P3 (ICC.1:2022).
 */
final class ColourProfile {
  /** Colours a channel by which a profile is compared with sRGB. */
  private static final int LATTICE = 6;

  /** Levels of 256 by which a profile of sRGB may differ from Java's. */
  private static final int SAME = 1;

  private final ColorConvertOp conversion;

  private ColourProfile(ColorConvertOp conversion) {
    this.conversion = conversion;
  }

  /** A profile as files embed it; empty if it is sRGB's, not one of RGB, or makes no sense. */
  static Optional<ColourProfile> of(byte[] icc) {
    if (icc.length == 0) {
      return Optional.empty();
    }
    try {
      return of(ICC_Profile.getInstance(icc));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The same of a profile that a decoder has read. */
  static Optional<ColourProfile> of(ICC_Profile icc) {
    try {
      if (icc.getColorSpaceType() != ColorSpace.TYPE_RGB) {
        return Optional.empty();
      }
      ICC_Profile[] path = {icc, ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
      ColourProfile profile = new ColourProfile(new ColorConvertOp(path, null));
      return profile.isSrgb() ? Optional.empty() : Optional.of(profile);
    } catch (IllegalArgumentException | CMMException e) {
      return Optional.empty();
    }
  }

  private boolean isSrgb() {
    byte[] colours = lattice();
    byte[] converted = converted(colours, colours.length / 3, 1);
    for (int i = 0; i < colours.length; i++) {
      if (Math.abs((colours[i] & 0xff) - (converted[i] & 0xff)) > SAME) {
        return false;
      }
    }
    return true;
  }

  private static byte[] lattice() {
    byte[] colours = new byte[3 * LATTICE * LATTICE * LATTICE];
    for (int i = 0, rest = 0; i < colours.length; i++) {
      rest = i % 3 == 0 ? i / 3 : rest / LATTICE;
      colours[i] = (byte) (rest % LATTICE * 255 / (LATTICE - 1));
    }
    return colours;
  }

  /** The picture as sRGB; colours that sRGB has not are the nearest that it has. */
  Picture toSrgb(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    return new Picture(width, height, converted(picture.shared(), width, height));
  }

  private byte[] converted(byte[] rgb, int width, int height) {
    byte[] to = new byte[rgb.length];
    conversion.filter(raster(rgb, width, height), raster(to, width, height));
    return to;
  }

  private static WritableRaster raster(byte[] rgb, int width, int height) {
    return Raster.createInterleavedRaster(
        new DataBufferByte(rgb, rgb.length),
        width,
        height,
        3 * width,
        3,
        new int[] {0, 1, 2},
        null);
  }
}
