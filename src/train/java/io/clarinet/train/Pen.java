package io.clarinet.train;

import io.clarinet.train.Skeletons.Stroke;
import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;

/** Draws a character as a finger, a mouse or a pen does: an uneven hand along a skeleton. */
final class Pen {
  private static final int STEPS = 8;
  private static final double END_LEAST = -0.06;
  private static final double END_MOST = 0.08;

  private final Skeletons skeletons;

  Pen(Skeletons skeletons) {
    this.skeletons = skeletons;
  }

  /** Trails (the points that the tip passes, a character about 1 high) of one drawn label. */
  List<List<Point2D>> draw(int label, Chance chance) {
    Warp warp = new Warp(Ranges.PEN_WARP, chance);
    List<List<Point2D>> trails = new ArrayList<>();
    for (Stroke stroke : chance.oneOf(skeletons.of(label))) {
      List<Point2D> trail = new ArrayList<>();
      for (Point2D p : lengthened(curve(jittered(stroke, chance)), chance)) {
        Point2D warped = warp.apply(p);
        trail.add(
            new Point2D.Double(
                warped.getX() + chance.normal(Ranges.TREMBLE),
                warped.getY() + chance.normal(Ranges.TREMBLE)));
      }
      trails.add(trail);
    }
    return trails;
  }

  /** The inked areas of trails for a tip of this width: one a trail, or one a step if it varies. */
  static List<Shape> ink(List<List<Point2D>> trails, double width, Chance chance) {
    boolean varies = chance.of(Ranges.PEN_VARIES);
    boolean round = chance.of(0.8);
    List<Shape> ink = new ArrayList<>();
    for (List<Point2D> trail : trails) {
      if (varies) {
        varying(trail, width, chance, ink);
      } else {
        ink.add(tip(width, round).createStrokedShape(path(trail)));
      }
    }
    return ink;
  }

  private static void varying(List<Point2D> trail, double width, Chance chance, List<Shape> ink) {
    double phase = chance.between(0, 6.3);
    double waves = chance.between(0.5, 2) * 6.3 / trail.size();
    for (int i = 1; i < trail.size(); i++) {
      double factor = 1 + Ranges.PEN_VARIATION * Math.sin(phase + waves * i);
      Shape segment = new Line2D.Double(trail.get(i - 1), trail.get(i));
      ink.add(tip(width * factor, true).createStrokedShape(segment));
    }
  }

  private static BasicStroke tip(double width, boolean round) {
    return new BasicStroke(
        (float) width,
        round ? BasicStroke.CAP_ROUND : BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND);
  }

  private static Path2D path(List<Point2D> trail) {
    Path2D path = new Path2D.Double();
    path.moveTo(trail.get(0).getX(), trail.get(0).getY());
    trail.stream().skip(1).forEach(p -> path.lineTo(p.getX(), p.getY()));
    return path;
  }

  private static Stroke jittered(Stroke stroke, Chance chance) {
    double x = chance.normal(Ranges.STROKE_JITTER);
    double y = chance.normal(Ranges.STROKE_JITTER);
    List<Point2D> points = new ArrayList<>();
    for (Point2D p : stroke.points()) {
      points.add(
          new Point2D.Double(
              p.getX() + x + chance.normal(Ranges.POINT_JITTER),
              p.getY() + y + chance.normal(Ranges.POINT_JITTER)));
    }
    return new Stroke(points, stroke.corners());
  }

  /** Catmull–Rom curve through the points; corners end one curve and begin the next. */
  private static List<Point2D> curve(Stroke stroke) {
    List<Point2D> p = stroke.points();
    List<Point2D> curve = new ArrayList<>();
    curve.add(p.get(0));
    for (int i = 0; i + 1 < p.size(); i++) {
      Point2D before = i == 0 || stroke.corners().get(i) ? p.get(i) : p.get(i - 1);
      boolean last = i + 2 == p.size() || stroke.corners().get(i + 1);
      Point2D after = last ? p.get(i + 1) : p.get(i + 2);
      for (int step = 1; step <= STEPS; step++) {
        curve.add(between(before, p.get(i), p.get(i + 1), after, (double) step / STEPS));
      }
    }
    return curve;
  }

  private static Point2D between(Point2D a, Point2D b, Point2D c, Point2D d, double t) {
    return new Point2D.Double(
        catmullRom(a.getX(), b.getX(), c.getX(), d.getX(), t),
        catmullRom(a.getY(), b.getY(), c.getY(), d.getY(), t));
  }

  private static double catmullRom(double a, double b, double c, double d, double t) {
    double cubic = 3 * (b - c) + d - a;
    double square = 2 * a - 5 * b + 4 * c - d;
    return b + 0.5 * t * (c - a + t * (square + t * cubic));
  }

  /** Ends that stop short or overshoot. */
  private static List<Point2D> lengthened(List<Point2D> curve, Chance chance) {
    List<Point2D> longer = new ArrayList<>(curve);
    int n = curve.size();
    longer.set(0, moved(curve.get(0), curve.get(1), chance));
    longer.set(n - 1, moved(curve.get(n - 1), curve.get(n - 2), chance));
    return longer;
  }

  private static Point2D moved(Point2D end, Point2D next, Chance chance) {
    double length = Math.max(1e-6, end.distance(next));
    double by = Math.max(chance.between(END_LEAST, END_MOST), -0.9 * length) / length;
    return new Point2D.Double(
        end.getX() + by * (end.getX() - next.getX()), end.getY() + by * (end.getY() - next.getY()));
  }
}
