package io.clarinet.train;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** A character as areas to fill, before or after it is placed in the picture. */
record Figure(List<Shape> areas) {

  /** A font's glyph: made 1 high, warped, emboldened or hollowed, stretched, sheared, rotated. */
  static Figure printed(Path2D outline, Chance chance) {
    Rectangle2D box = outline.getBounds2D();
    AffineTransform unit =
        AffineTransform.getScaleInstance(1 / box.getHeight(), 1 / box.getHeight());
    unit.translate(-box.getX(), -box.getY());
    Path2D shape = new Path2D.Double(outline, unit);
    if (chance.of(Ranges.FONT_WARPED)) {
      shape = new Warp(Ranges.FONT_WARP, chance).apply(shape);
    }
    List<Shape> areas = new ArrayList<>();
    if (chance.of(Ranges.HOLLOW)) {
      areas.add(edge(shape, Ranges.HOLLOW_LINE));
    } else {
      areas.add(shape);
      if (chance.of(Ranges.EMBOLDENED)) {
        areas.add(edge(shape, chance.between(0, Ranges.EMBOLDEN_MOST)));
      }
    }
    double stretch = chance.between(Ranges.STRETCH_LEAST, Ranges.STRETCH_MOST);
    return new Figure(areas).transformed(slant(stretch, chance));
  }

  /** Pen trails, stretched, sheared, rotated, then inked by a tip of one width. */
  static Figure drawn(List<List<Point2D>> trails, Chance chance) {
    double stretch = chance.between(Ranges.PEN_STRETCH_LEAST, Ranges.PEN_STRETCH_MOST);
    AffineTransform slant = slant(stretch, chance);
    for (List<Point2D> trail : trails) {
      trail.forEach(p -> slant.transform(p, p));
    }
    double width = chance.between(Ranges.PEN_LEAST, Ranges.PEN_MOST);
    return new Figure(Pen.ink(trails, width, chance));
  }

  Rectangle2D bounds() {
    Rectangle2D bounds = areas.get(0).getBounds2D();
    areas.forEach(area -> bounds.add(area.getBounds2D()));
    return bounds;
  }

  Figure transformed(AffineTransform transform) {
    return new Figure(areas.stream().map(transform::createTransformedShape).toList());
  }

  /** The figure with this height (or less, where the width would pass its bound), centred here. */
  Figure placed(double height, double widthMost, double x, double y) {
    Rectangle2D box = bounds();
    double scale = Math.min(height / box.getHeight(), widthMost / box.getWidth());
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.scale(scale, scale);
    place.translate(-box.getCenterX(), -box.getCenterY());
    return transformed(place);
  }

  /** The line of this width along the figure's edges. */
  Figure edges(double width) {
    return new Figure(areas.stream().map(area -> edge(area, width)).toList());
  }

  private static Shape edge(Shape shape, double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        .createStrokedShape(shape);
  }

  private static AffineTransform slant(double stretch, Chance chance) {
    AffineTransform slant = new AffineTransform();
    slant.rotate(Math.toRadians(chance.within(Ranges.ROTATION)));
    slant.shear(Math.tan(Math.toRadians(chance.within(Ranges.SHEAR))), 0);
    slant.scale(stretch, 1);
    return slant;
  }
}
