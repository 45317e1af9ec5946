package io.clarinet.train;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Paint;

/** The colours of one sample: two ends of the ground's and the ink's gradients (may be equal). */
record Palette(Color ground, Color groundEnd, Color ink, Color inkEnd, boolean pure) {
  private static final int TRIES = 50;

  /** Ground and ink that differ in lightness by at least CONTRAST_LEAST, at every end. */
  static Palette draw(boolean drawn, Chance chance) {
    if (chance.of(drawn ? Ranges.PURE_DRAWN : Ranges.PURE)) {
      return pure(chance.of(drawn ? 0.7 : 0.5));
    }
    boolean tinted = chance.of(Ranges.TINTED);
    for (int i = 0; i < TRIES; i++) {
      Palette palette = tinted ? tinted(chance) : coloured(chance);
      if (palette.contrast() >= Ranges.CONTRAST_LEAST) {
        return palette;
      }
    }
    return pure(true);
  }

  Paint groundPaint(int size, Chance chance) {
    return gradient(ground, groundEnd, size, chance);
  }

  Paint inkPaint(int size, Chance chance) {
    return gradient(ink, inkEnd, size, chance);
  }

  /** A colour for what is not the character: nearer to the ground than to the ink. */
  Color clutter(Chance chance) {
    return mixed(mixed(any(chance), ground, 0.5), ink, chance.between(0, 0.4));
  }

  static Color mixed(Color a, Color b, double share) {
    return new Color(
        (int) Math.round(a.getRed() + share * (b.getRed() - a.getRed())),
        (int) Math.round(a.getGreen() + share * (b.getGreen() - a.getGreen())),
        (int) Math.round(a.getBlue() + share * (b.getBlue() - a.getBlue())));
  }

  private double contrast() {
    double most = Math.max(lightness(ground), lightness(groundEnd));
    double least = Math.min(lightness(ground), lightness(groundEnd));
    double inkMost = Math.max(lightness(ink), lightness(inkEnd));
    double inkLeast = Math.min(lightness(ink), lightness(inkEnd));
    return Math.max(inkLeast - most, least - inkMost);
  }

  private static Palette pure(boolean lightInk) {
    Color ink = lightInk ? Color.WHITE : Color.BLACK;
    Color ground = lightInk ? Color.BLACK : Color.WHITE;
    return new Palette(ground, ground, ink, ink, true);
  }

  private static Palette tinted(Chance chance) {
    Color dark = mixed(grey(chance.between(0, 0.4)), any(chance), chance.between(0, 0.25));
    Color light = mixed(grey(chance.between(0.6, 1)), any(chance), chance.between(0, 0.2));
    return chance.of(0.6) ? flat(light, dark) : flat(dark, light);
  }

  private static Palette coloured(Chance chance) {
    Color ground = any(chance);
    Color groundEnd = chance.of(Ranges.GRADIENT) ? any(chance) : ground;
    Color ink = any(chance);
    Color inkEnd = chance.of(Ranges.GRADIENT) ? any(chance) : ink;
    return new Palette(ground, groundEnd, ink, inkEnd, false);
  }

  private static Palette flat(Color ground, Color ink) {
    return new Palette(ground, ground, ink, ink, false);
  }

  private static Paint gradient(Color from, Color to, int size, Chance chance) {
    float angle = (float) chance.between(0, 2 * Math.PI);
    float x = (float) (Math.cos(angle) * size / 2);
    float y = (float) (Math.sin(angle) * size / 2);
    float centre = size / 2f;
    return from.equals(to)
        ? from
        : new GradientPaint(centre - x, centre - y, from, centre + x, centre + y, to);
  }

  private static Color any(Chance chance) {
    return new Color(chance.below(256), chance.below(256), chance.below(256));
  }

  private static Color grey(double value) {
    return new Color((float) value, (float) value, (float) value);
  }

  private static double lightness(Color c) {
    return (0.299 * c.getRed() + 0.587 * c.getGreen() + 0.114 * c.getBlue()) / 255;
  }
}
