package io.clarinet.image;

/**
 * Colours of heat, from dark violet over red to yellow. They lie on a helix in OKLab (Björn
 * Ottosson, "A perceptual color space for image processing", 2020): lightness and hue grow evenly
 * at one chroma, so that equal steps of strength look equally far apart, also without colour.
 */
final class HeatColour {
  private static final double DARKEST = 0.4;
  private static final double LIGHTEST = 0.92;
  private static final double FIRST_HUE = Math.toRadians(310);
  private static final double LAST_HUE = Math.toRadians(470);

  /** The largest for which all colours are in sRGB, nearly. */
  private static final double CHROMA = 0.165;

  private HeatColour() {}

  /**
   * The sRGB colour of a strength, 0xrrggbb.
   *
   * @param strength between 0 and 1
   */
  static int of(double strength) {
    double lightness = DARKEST + (LIGHTEST - DARKEST) * strength;
    double hue = FIRST_HUE + (LAST_HUE - FIRST_HUE) * strength;
    return srgb(lightness, CHROMA * Math.cos(hue), CHROMA * Math.sin(hue));
  }

  private static int srgb(double lightness, double a, double b) {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    int red = sample(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
    int green = sample(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
    int blue = sample(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    return red << 16 | green << 8 | blue;
  }

  private static double cube(double v) {
    return v * v * v;
  }

  /** A linear component as a byte, by IEC 61966-2-1. */
  private static int sample(double linear) {
    double v = Math.max(0, Math.min(1, linear));
    double encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
    return (int) Math.rint(255 * encoded);
  }
}
