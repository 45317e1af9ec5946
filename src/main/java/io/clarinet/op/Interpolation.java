package io.clarinet.op;

import java.util.ArrayList;
import java.util.List;

/**
 * The rule by which a resized image's element follows from its neighbours along an axis (ONNX
 * Resize).
 *
 * @param cubic the coefficient a of cubic interpolation
 * @param excludeOutside whether neighbours outside weigh nothing; otherwise the edge stands for
 *     them
 * @param antialias whether shrinking widens the neighbourhood
 */
public record Interpolation(
    Mode mode, Rounding rounding, float cubic, boolean excludeOutside, boolean antialias) {

  /** The function between neighbours. */
  public enum Mode {
    NEAREST,
    LINEAR,
    CUBIC
  }

  /** The rounding that picks the nearest neighbour. */
  public enum Rounding {
    PREFER_FLOOR,
    PREFER_CEIL,
    FLOOR,
    CEIL
  }

  /** A neighbour and its weight. */
  public record Tap(int index, double weight) {}

  /** The neighbours of a coordinate on an axis of the given extent, at the given scale. */
  List<Tap> taps(double at, int extent, double scale) {
    long base = (long) Math.ceil(at) - 1;
    double ratio = at - base;
    double narrowed = antialias && mode != Mode.NEAREST ? Math.min(scale, 1) : 1;
    int reach = mode == Mode.CUBIC ? 2 : 1;
    int first = (int) Math.floor(-reach / narrowed) + 1;
    List<Tap> taps = new ArrayList<>();
    double sum = 0;
    for (int i = first; i < 2 - first; i++) {
      double weight = weight(i, ratio, narrowed);
      long index = base + i;
      if (weight != 0 && !(excludeOutside && (index < 0 || index >= extent))) {
        taps.add(new Tap((int) Math.max(0, Math.min(extent - 1, index)), weight));
        sum += weight;
      }
    }
    double total = sum;
    return taps.stream().map(t -> new Tap(t.index(), t.weight() / total)).toList();
  }

  /** Weight of the neighbour {@code i} after the base, for a coordinate {@code ratio} after it. */
  private double weight(int i, double ratio, double scale) {
    return switch (mode) {
      case NEAREST -> i == nearest(ratio) ? 1 : 0;
      case LINEAR -> Math.max(0, 1 - Math.abs((i - ratio) * scale));
      case CUBIC -> keys(cubic, Math.abs((i - ratio) * scale));
    };
  }

  private int nearest(double ratio) {
    if (ratio == 1) {
      return 1;
    }
    return switch (rounding) {
      case PREFER_FLOOR -> ratio <= 0.5 ? 0 : 1;
      case PREFER_CEIL -> ratio < 0.5 ? 0 : 1;
      case FLOOR -> 0;
      case CEIL -> 1;
    };
  }

  /** Keys' convolution kernel (1981) of coefficient {@code a} at a distance. */
  static double keys(double a, double x) {
    return x <= 1
        ? ((a + 2) * x - (a + 3)) * x * x + 1
        : x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0 * x;
  }
}
