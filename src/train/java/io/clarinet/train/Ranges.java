package io.clarinet.train;

/**
 * What a sample may look like: the committed ranges of every random choice. Lengths are shares of
 * the character's height, angles are degrees, pixels are those of the finished 32×32 picture.
 */
final class Ranges {
  static final int SIZE = 32;
  static final int SUPERSAMPLING = 2;

  /** Share of drawn strokes in training; the rest are font glyphs. */
  static final double DRAWN = 0.4;

  /** Share of digits among drawn strokes. */
  static final double DRAWN_DIGITS = 0.35;

  static final double ROTATION = 20;
  static final double SHEAR = 15;
  static final double STRETCH_LEAST = 0.8;
  static final double STRETCH_MOST = 1.25;

  /** Height of the character, as a share of the picture; its width is at most WIDTH_MOST. */
  static final double HEIGHT_LEAST = 0.5;

  static final double HEIGHT_MOST = 0.92;
  static final double WIDTH_MOST = 0.92;

  /** Offset of the centre in pixels, and how far the character may stick out of the picture. */
  static final double OFFSET = 4;

  static final double OVERHANG = 1;

  static final double FONT_WARP = 0.03;
  static final double FONT_WARPED = 0.4;
  static final double EMBOLDENED = 0.25;
  static final double EMBOLDEN_MOST = 0.07;
  static final double HOLLOW = 0.03;
  static final double HOLLOW_LINE = 0.06;

  static final double PEN_LEAST = 0.05;
  static final double PEN_MOST = 0.2;
  static final double PEN_VARIES = 0.35;
  static final double PEN_VARIATION = 0.35;
  static final double PEN_WARP = 0.06;
  static final double PEN_STRETCH_LEAST = 0.65;
  static final double PEN_STRETCH_MOST = 1.6;
  static final double POINT_JITTER = 0.035;
  static final double STROKE_JITTER = 0.025;
  static final double TREMBLE = 0.006;

  /** Shares of colour schemes: white and black alone, then greys and tints, then any colours. */
  static final double PURE = 0.15;

  static final double PURE_DRAWN = 0.4;
  static final double TINTED = 0.35;
  static final double CONTRAST_LEAST = 0.3;

  static final double GRADIENT = 0.25;
  static final double BLOTCHES = 0.15;
  static final double SHADOW = 0.05;
  static final double OUTLINE = 0.06;

  static final double CLUTTER = 0.3;
  static final int CLUTTER_MOST = 3;
  static final double NEIGHBOURS = 0.1;
  static final double RULED = 0.06;
  static final double SCRATCH = 0.04;

  static final double BLURRED = 0.5;
  static final double BLUR_MOST = 0.9;
  static final double COARSE = 0.2;
  static final int COARSE_LEAST = 18;
  static final double NOISY = 0.4;
  static final double NOISE_MOST = 0.07;

  private Ranges() {}
}
