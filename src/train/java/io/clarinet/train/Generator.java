package io.clarinet.train;

import java.awt.image.BufferedImage;

/** Draws labelled pictures; the same seed and number give the same picture. Thread-safe. */
final class Generator {
  private final FontShelf fonts;
  private final Pen pen;
  private final double drawnShare;
  private final long seed;

  /**
   * @param drawnShare probability of pen strokes instead of a font's glyph
   */
  Generator(FontShelf fonts, Pen pen, double drawnShare, long seed) {
    this.fonts = fonts;
    this.pen = pen;
    this.drawnShare = drawnShare;
    this.seed = seed;
  }

  /** The sample of this number, its label drawn by chance. */
  Sample sample(long number) {
    Chance chance = new Chance(seed, number);
    boolean drawn = chance.of(drawnShare);
    boolean digit = drawn && chance.of(Ranges.DRAWN_DIGITS);
    int label = chance.below(digit ? Labels.DIGITS : Labels.COUNT);
    return new Sample(label, pixels(label, drawn, chance));
  }

  /** A picture of this label, drawn or printed. */
  Sample sample(int label, boolean drawn, long number) {
    return new Sample(label, pixels(label, drawn, new Chance(seed, number)));
  }

  private byte[] pixels(int label, boolean drawn, Chance chance) {
    Palette palette = Palette.draw(drawn, chance);
    BufferedImage canvas =
        new Painter(palette, chance)
            .paint(
                figure(label, drawn, chance),
                () -> figure(chance.below(Labels.COUNT), drawn, chance));
    return Camera.shoot(canvas, palette.pure(), chance);
  }

  private Figure figure(int label, boolean drawn, Chance chance) {
    return drawn
        ? Figure.drawn(pen.draw(label, chance), chance)
        : Figure.printed(fonts.outline(label, chance), chance);
  }
}
