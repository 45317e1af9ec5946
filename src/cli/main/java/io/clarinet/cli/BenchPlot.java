package io.clarinet.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Benchmark results as bars in SVG: times relative to the peer's, or, where there is no peer, to
 * the physical floor. Lower is better. XChart would draw the same, for 0.4 of the 12 MB that the
 * program may take.
 */
final class BenchPlot {
  private static final int HEIGHT = 400;
  private static final int LEFT = 56;
  private static final int TOP = 16;
  private static final int BASE = 312;
  private static final int GROUP = 124;
  private static final int BAR = 26;
  private static final int LEAST_WIDTH = 640;
  private static final int GRID_LINES = 5;
  private static final String INK = "#1d2733";
  private static final String SOFT = "#66727f";
  private static final String LINE = "#e3e8ed";
  private static final List<String> COLOURS = List.of("#c9d3dc", "#0f7b8a", "#e0a458");

  private final List<BenchResult> results;
  private final boolean paired;
  private final StringBuilder svg = new StringBuilder();

  BenchPlot(List<BenchResult> results) {
    this.results = List.copyOf(results);
    this.paired = results.stream().allMatch(r -> r.peer() != null);
  }

  /** A bar's length and its interval, as multiples of the unit. */
  private record Bar(double value, double low, double high) {}

  String title() {
    return paired ? "Time relative to " + peer() : "Time relative to the physical floor";
  }

  private String peer() {
    return Objects.requireNonNull(results.get(0).peer()).name();
  }

  private List<String> legend() {
    return paired
        ? List.of("physical floor", "Clarinet", peer())
        : List.of("physical floor", "Clarinet");
  }

  private List<Bar> bars(BenchResult r) {
    BenchResult.Peer other = r.peer();
    if (!paired || other == null) {
      return List.of(
          new Bar(1, 1, 1),
          new Bar(r.median() / r.floor(), r.low() / r.floor(), r.high() / r.floor()));
    }
    Comparison c = other.comparison();
    double unit = other.median();
    return List.of(
        new Bar(r.floor() / unit, r.floor() / unit, r.floor() / unit),
        new Bar(c.ratio(), c.low(), c.high()),
        new Bar(1, other.low() / unit, other.high() / unit));
  }

  /** The picture, to stand within a page. */
  String svg() {
    int width = Math.max(LEAST_WIDTH, LEFT + GROUP * results.size() + 16);
    double step = step(largest() / GRID_LINES);
    double top = step * Math.ceil(largest() / step);
    line(
        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" font-family=\"inherit\""
            + " font-size=\"13\">",
        width, HEIGHT, width);
    line("<title>%s</title>", BenchReport.escaped(title()));
    for (int i = 0; i <= Math.round(top / step); i++) {
      grid(i * step, y(i * step, top), width);
    }
    double group = (double) (width - LEFT - 16) / results.size();
    for (int i = 0; i < results.size(); i++) {
      group(results.get(i), LEFT + (i + 0.5) * group, top);
    }
    legend(width);
    return svg.append("</svg>").toString();
  }

  private double largest() {
    return results.stream()
        .flatMap(r -> bars(r).stream())
        .mapToDouble(Bar::high)
        .reduce(1, Math::max);
  }

  /** The next of 1, 2, 5, 10, … times a power of ten. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double digit : new double[] {1, 2, 5}) {
      if (digit * power >= least) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  private static double y(double value, double top) {
    return BASE - value / top * (BASE - TOP);
  }

  private void grid(double value, double y, int width) {
    line(
        "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
        LEFT, width - 16, y, y, value == 0 ? SOFT : LINE);
    text(LEFT - 10, y + 4, "end", SOFT, number(value));
  }

  private static String number(double value) {
    BigDecimal digits = new BigDecimal(value).round(new MathContext(3));
    return digits.stripTrailingZeros().toPlainString();
  }

  private void group(BenchResult result, double centre, double top) {
    List<Bar> bars = bars(result);
    double left = centre - bars.size() * BAR / 2.0;
    for (int i = 0; i < bars.size(); i++) {
      bar(bars.get(i), COLOURS.get(i), left + i * BAR, top);
    }
    text(centre, BASE + 22, "middle", INK, BenchReport.escaped(result.model()));
    text(centre, BASE + 40, "middle", SOFT, "×" + result.batch());
  }

  private void bar(Bar bar, String colour, double x, double top) {
    double y = y(bar.value(), top);
    line(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"%s\""
            + " rx=\"1.5\"><title>%.3f</title></rect>",
        x + 1, y, BAR - 2, BASE - y, colour, bar.value());
    if (bar.high() > bar.low()) {
      double middle = x + BAR / 2.0;
      double high = y(bar.high(), top);
      double low = y(bar.low(), top);
      line(
          "<path d=\"M%.1f %.1fh8m-4 0V%.1fm-4 0h8\" stroke=\"%s\" fill=\"none\"/>",
          middle - 4, high, low, INK);
    }
  }

  private void legend(int width) {
    List<String> names = legend();
    double x = width / 2.0 - names.size() * 75.0;
    for (int i = 0; i < names.size(); i++) {
      line(
          "<rect x=\"%.1f\" y=\"%d\" width=\"14\" height=\"14\" rx=\"2\" fill=\"%s\"/>",
          x + i * 150, HEIGHT - 26, COLOURS.get(i));
      text(x + i * 150 + 21, HEIGHT - 14, "start", INK, BenchReport.escaped(names.get(i)));
    }
  }

  private void text(double x, double y, String anchor, String colour, String html) {
    line(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, y, anchor, colour, html);
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
