package io.clarinet.image;

/** The filter by which pictures are resized, as wide as the reduction: Pillow's, antialiased. */
public enum ResizeFilter {
  /** A triangle over two pixels. */
  BILINEAR(1) {
    @Override
    double weight(double distance) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  },
  /** Keys's cubic over four pixels, with a = -0.5: sharper, as most recent networks are trained. */
  BICUBIC(2) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return ((A + 2) * x - (A + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }
  };

  private static final double A = -0.5;

  private final int support;

  ResizeFilter(int support) {
    this.support = support;
  }

  /** Pixels from the centre beyond which nothing weighs. */
  int support() {
    return support;
  }

  /** The weight, not yet normalised, of a pixel at a distance from the centre. */
  abstract double weight(double distance);
}
