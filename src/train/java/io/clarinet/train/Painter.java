package io.clarinet.train;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.function.Supplier;

/** Paints ground, clutter and character on a supersampled canvas. */
final class Painter {
  static final int CANVAS = Ranges.SIZE * Ranges.SUPERSAMPLING;
  private static final double NEIGHBOUR_EDGE = 6.0 / Ranges.SIZE * CANVAS;

  private final Palette palette;
  private final Chance chance;
  private final BufferedImage canvas =
      new BufferedImage(CANVAS, CANVAS, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D graphics = canvas.createGraphics();

  Painter(Palette palette, Chance chance) {
    this.palette = palette;
    this.chance = chance;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /**
   * The painted canvas.
   *
   * @param figure the character, not yet placed
   * @param neighbour supplies other characters, to stand at the edges as in running text
   */
  BufferedImage paint(Figure figure, Supplier<Figure> neighbour) {
    ground();
    Figure placed = place(figure);
    if (!palette.pure()) {
      clutter();
      if (chance.of(Ranges.NEIGHBOURS)) {
        neighbours(placed.bounds(), neighbour);
      }
    }
    character(placed);
    if (!palette.pure() && chance.of(Ranges.SCRATCH)) {
      graphics.setStroke(new BasicStroke((float) chance.between(0.6, 1.5)));
      graphics.setColor(palette.clutter(chance));
      graphics.draw(line());
    }
    graphics.dispose();
    return canvas;
  }

  private static double pixels(double n) {
    return n * Ranges.SUPERSAMPLING;
  }

  private Figure place(Figure figure) {
    double height = CANVAS * chance.between(Ranges.HEIGHT_LEAST, Ranges.HEIGHT_MOST);
    Figure centred = figure.placed(height, CANVAS * Ranges.WIDTH_MOST, CANVAS / 2.0, CANVAS / 2.0);
    Rectangle2D box = centred.bounds();
    double overhang = pixels(Ranges.OVERHANG);
    double x = Math.min(pixels(Ranges.OFFSET), (CANVAS - box.getWidth()) / 2 + overhang);
    double y = Math.min(pixels(Ranges.OFFSET), (CANVAS - box.getHeight()) / 2 + overhang);
    return centred.transformed(
        AffineTransform.getTranslateInstance(chance.within(x), chance.within(y)));
  }

  private void character(Figure placed) {
    if (!palette.pure() && chance.of(Ranges.SHADOW)) {
      double shift = pixels(chance.between(0.5, 1.5));
      graphics.setColor(Palette.mixed(palette.ground(), Color.BLACK, 0.4));
      fill(placed.transformed(AffineTransform.getTranslateInstance(shift, shift)));
    }
    if (!palette.pure() && chance.of(Ranges.OUTLINE)) {
      graphics.setColor(Palette.mixed(palette.ground(), palette.clutter(chance), 0.7));
      fill(placed.edges(pixels(chance.between(1, 2))));
    }
    graphics.setPaint(palette.inkPaint(CANVAS, chance));
    fill(placed);
  }

  private void neighbours(Rectangle2D box, Supplier<Figure> neighbour) {
    graphics.setPaint(palette.inkPaint(CANVAS, chance));
    double gap = pixels(chance.between(1, 3));
    for (int side = 0; side < 2; side++) {
      if (chance.of(0.3)) {
        continue;
      }
      double height = box.getHeight();
      Figure other = neighbour.get().placed(height, CANVAS, 0, box.getCenterY());
      double half = other.bounds().getWidth() / 2;
      double x =
          side == 0
              ? Math.min(box.getMinX() - gap, NEIGHBOUR_EDGE) - half
              : Math.max(box.getMaxX() + gap, CANVAS - NEIGHBOUR_EDGE) + half;
      fill(other.transformed(AffineTransform.getTranslateInstance(x, 0)));
    }
  }

  private void ground() {
    graphics.setPaint(palette.groundPaint(CANVAS, chance));
    graphics.fillRect(0, 0, CANVAS, CANVAS);
    if (!palette.pure() && chance.of(Ranges.BLOTCHES)) {
      for (int i = 0; i < 6; i++) {
        graphics.setColor(Palette.mixed(palette.ground(), palette.clutter(chance), 0.35));
        graphics.fill(ellipse(0.3, 0.9));
      }
    }
    if (!palette.pure() && chance.of(Ranges.RULED)) {
      ruled();
    }
  }

  private void ruled() {
    double step = pixels(chance.between(4, 12));
    graphics.setColor(Palette.mixed(palette.ground(), palette.clutter(chance), 0.6));
    graphics.setStroke(new BasicStroke((float) pixels(chance.between(0.3, 0.7))));
    boolean squared = chance.of(0.5);
    for (double at = chance.between(0, step); at < CANVAS; at += step) {
      graphics.draw(new Line2D.Double(0, at, CANVAS, at));
      if (squared) {
        graphics.draw(new Line2D.Double(at, 0, at, CANVAS));
      }
    }
  }

  private void clutter() {
    if (!chance.of(Ranges.CLUTTER)) {
      return;
    }
    for (int i = chance.below(Ranges.CLUTTER_MOST) + 1; i > 0; i--) {
      graphics.setColor(palette.clutter(chance));
      graphics.setStroke(new BasicStroke((float) pixels(chance.between(0.4, 1.2))));
      switch (chance.below(4)) {
        case 0 -> graphics.draw(line());
        case 1 -> graphics.draw(ellipse(0.1, 0.8));
        case 2 -> graphics.fill(ellipse(0.03, 0.12));
        default -> graphics.draw(rectangle());
      }
    }
  }

  private void fill(Figure figure) {
    figure.areas().forEach(graphics::fill);
  }

  private Shape line() {
    return new Line2D.Double(anywhere(), anywhere(), anywhere(), anywhere());
  }

  private Shape ellipse(double least, double most) {
    double width = CANVAS * chance.between(least, most);
    double height = CANVAS * chance.between(least, most);
    return new Ellipse2D.Double(anywhere() - width / 2, anywhere() - height / 2, width, height);
  }

  private Shape rectangle() {
    double width = CANVAS * chance.between(0.5, 1.5);
    double height = CANVAS * chance.between(0.5, 1.5);
    return new Rectangle2D.Double(anywhere() - width / 2, anywhere() - height / 2, width, height);
  }

  private double anywhere() {
    return chance.between(0, CANVAS);
  }
}
