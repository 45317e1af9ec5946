package io.clarinet.train;

import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;

/** A smooth, small distortion of the plane: a slow wave along each axis. */
final class Warp {
  private static final double FLATNESS = 0.004;

  private final double[] frequency = new double[4];
  private final double[] phase = new double[2];
  private final double[] amplitude = new double[2];

  /** A distortion of at most {@code most}, drawn by chance. */
  Warp(double most, Chance chance) {
    for (int axis = 0; axis < 2; axis++) {
      amplitude[axis] = chance.between(0, most);
      phase[axis] = chance.between(0, 2 * Math.PI);
      frequency[2 * axis] = chance.within(6);
      frequency[2 * axis + 1] = chance.within(6);
    }
  }

  Point2D apply(Point2D p) {
    return new Point2D.Double(
        p.getX() + shift(0, p.getX(), p.getY()), p.getY() + shift(1, p.getX(), p.getY()));
  }

  /** The outline, flattened and distorted. */
  Path2D apply(Path2D outline) {
    Path2D warped = new Path2D.Double(Path2D.WIND_NON_ZERO);
    PathIterator it = new FlatteningPathIterator(outline.getPathIterator(null), FLATNESS);
    double[] c = new double[6];
    for (; !it.isDone(); it.next()) {
      int kind = it.currentSegment(c);
      double x = c[0] + shift(0, c[0], c[1]);
      double y = c[1] + shift(1, c[0], c[1]);
      switch (kind) {
        case PathIterator.SEG_MOVETO -> warped.moveTo(x, y);
        case PathIterator.SEG_LINETO -> warped.lineTo(x, y);
        default -> warped.closePath();
      }
    }
    return warped;
  }

  private double shift(int axis, double x, double y) {
    double angle = frequency[2 * axis] * x + frequency[2 * axis + 1] * y + phase[axis];
    return amplitude[axis] * Math.sin(angle);
  }
}
