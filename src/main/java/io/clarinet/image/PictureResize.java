package io.clarinet.image;

/**
 * Antialiased resize with an optional crop, sample for sample what Pillow's {@code Image.resize}
 * gives: horizontally, then vertically, rounded to 8 bits after each.
 */
public final class PictureResize {
  private PictureResize() {}

  /** The whole picture, stretched to {@code width * height}, bilinearly. */
  public static Picture exact(Picture picture, int width, int height) {
    return exact(picture, width, height, ResizeFilter.BILINEAR);
  }

  /** The whole picture, stretched to {@code width * height}. */
  public static Picture exact(Picture picture, int width, int height, ResizeFilter filter) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("cannot resize to " + width + "x" + height);
    }
    return window(
        picture,
        Resampling.window(picture.width(), width, 0, width, filter),
        Resampling.window(picture.height(), height, 0, height, filter));
  }

  /** The whole picture, its shorter side made {@code side} pixels, the longer one in proportion. */
  public static Picture shorterSide(Picture picture, int side, Rounding rounding) {
    int[] size = cover(picture, side, side, rounding);
    return exact(picture, size[0], size[1]);
  }

  /**
   * The picture made just large enough to cover {@code coverWidth * coverHeight}, of which the
   * central {@code width * height} pixels are kept; only those are computed.
   */
  public static Picture coverAndCrop(
      Picture picture,
      int coverWidth,
      int coverHeight,
      int width,
      int height,
      Rounding rounding,
      ResizeFilter filter) {
    int[] size = cover(picture, coverWidth, coverHeight, rounding);
    int left = margin(size[0], width, rounding);
    int top = margin(size[1], height, rounding);
    return window(
        picture,
        Resampling.window(picture.width(), size[0], left, width, filter),
        Resampling.window(picture.height(), size[1], top, height, filter));
  }

  /** The part of the picture that {@link #coverAndCrop} keeps. */
  static PictureArea kept(
      Picture picture, int coverWidth, int coverHeight, int width, int height, Rounding rounding) {
    int[] size = cover(picture, coverWidth, coverHeight, rounding);
    double across = (double) picture.width() / size[0];
    double down = (double) picture.height() / size[1];
    return new PictureArea(
        across * margin(size[0], width, rounding),
        down * margin(size[1], height, rounding),
        across * width,
        down * height);
  }

  /** The central {@code width * height} pixels. */
  public static Picture centreCrop(Picture picture, int width, int height, Rounding rounding) {
    return coverAndCrop(
        picture, picture.width(), picture.height(), width, height, rounding, ResizeFilter.BILINEAR);
  }

  private static int[] cover(Picture picture, int width, int height, Rounding rounding) {
    boolean across = (long) width * picture.height() >= (long) height * picture.width();
    return across
        ? new int[] {width, rounding.scaled(picture.height(), width, picture.width())}
        : new int[] {rounding.scaled(picture.width(), height, picture.height()), height};
  }

  private static int margin(int size, int kept, Rounding rounding) {
    if (kept < 1 || kept > size) {
      throw new IllegalArgumentException("cannot crop " + kept + " of " + size + " pixels");
    }
    return rounding.margin(size - kept);
  }

  private static Picture window(Picture picture, Resampling columns, Resampling rows) {
    int width = columns.count();
    byte[] narrow = horizontal(picture, columns, rows.begin(), rows.end());
    byte[] result = new byte[width * rows.count() * 3];
    Resampling shifted = rows.from(rows.begin());
    for (int x = 0; x < width; x++) {
      shifted.line(narrow, x * 3, width * 3, result, x * 3, width * 3);
    }
    return new Picture(width, rows.count(), result);
  }

  private static byte[] horizontal(Picture picture, Resampling columns, int begin, int end) {
    int width = columns.count();
    byte[] narrow = new byte[Math.multiplyExact(3 * width, end - begin)];
    for (int y = begin; y < end; y++) {
      int start = y * picture.width() * 3;
      columns.line(picture.shared(), start, 3, narrow, (y - begin) * width * 3, 3);
    }
    return narrow;
  }
}
