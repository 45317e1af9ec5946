package io.clarinet.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Benchmark results as horizontal bars: times relative to the peer's, or, where there is no peer,
 * to the physical floor. Shorter is better. Lengths are shares of the width that there is, so that
 * text keeps its size on any screen; colours are the page's.
 */
final class BenchPlot {
  private static final int GRID_LINES = 4;
  private static final int CAP_TOP = 11;
  private static final int CAP_BOTTOM = 19;

  /** What the colours mean, in the legend's order. */
  private static final List<Map.Entry<String, String>> COLOURS =
      List.of(
          Map.entry("ours", "Clarinet"),
          Map.entry("faster", "Clarinet, faster"),
          Map.entry("slower", "Clarinet, slower"),
          Map.entry("even", "Clarinet, the interval covers 1"));

  private final List<BenchResult> results;
  private final boolean paired;
  private final double step;
  private final double top;
  private final StringBuilder html = new StringBuilder();

  BenchPlot(List<BenchResult> results) {
    this.results = List.copyOf(results);
    this.paired = results.stream().allMatch(r -> r.peer() != null);
    double largest = results.stream().map(this::bar).mapToDouble(Bar::high).reduce(1, Math::max);
    this.step = step(largest / GRID_LINES);
    this.top = step * Math.ceil(largest / step);
  }

  /** A bar's length, its interval and the physical floor, as multiples of the unit. */
  private record Bar(double value, double low, double high, double floor) {}

  String title() {
    return "Time relative to " + unit();
  }

  private String unit() {
    return paired ? Objects.requireNonNull(results.get(0).peer()).name() : "the physical floor";
  }

  private Bar bar(BenchResult r) {
    BenchResult.Peer other = r.peer();
    if (!paired || other == null) {
      return new Bar(r.median() / r.floor(), r.low() / r.floor(), r.high() / r.floor(), 1);
    }
    Comparison c = other.comparison();
    return new Bar(c.ratio(), c.low(), c.high(), r.floor() / other.median());
  }

  /** The picture, to stand within a page. */
  String html() {
    line("<div class=\"plot\">");
    results.forEach(this::row);
    axis();
    line("</div>");
    legend();
    return html.toString();
  }

  /** The next of 1, 2, 5, 10, … times a power of ten. */
  static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double digit : new double[] {1, 2, 5}) {
      if (digit * power >= least) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  private double percent(double value) {
    return 100 * value / top;
  }

  private void row(BenchResult result) {
    Bar bar = bar(result);
    String name = ReportPage.escaped(result.model());
    String verdict = verdict(result);
    line("<div class=\"name\">%s <small>×%d</small></div>", name, result.batch());
    line("<div class=\"value %s\">%.2f</div>", verdict, bar.value());
    line("<svg class=\"bar\" height=\"30\" role=\"img\">");
    line(
        "<title>%s, batch %d: %.3f [%.3f, %.3f], physical floor %.3f</title>",
        name, result.batch(), bar.value(), bar.low(), bar.high(), bar.floor());
    for (int i = 1; i <= Math.round(top / step); i++) {
      upright("grid", i * step, 0, 30);
    }
    line(
        "<rect class=\"%s\" y=\"8\" width=\"%.2f%%\" height=\"14\" rx=\"2\"/>",
        verdict, percent(bar.value()));
    upright("unit", 1, 0, 30);
    if (paired) {
      upright("floor", bar.floor(), 4, 26);
    }
    if (bar.high() > bar.low()) {
      line(
          "<line class=\"whisker\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"15\" y2=\"15\"/>",
          percent(bar.low()), percent(bar.high()));
      upright("whisker", bar.low(), CAP_TOP, CAP_BOTTOM);
      upright("whisker", bar.high(), CAP_TOP, CAP_BOTTOM);
    }
    line("</svg>");
  }

  /** The class of a result: {@code ours} where there is nothing to compare with. */
  private String verdict(BenchResult result) {
    BenchResult.Peer other = result.peer();
    return !paired || other == null ? "ours" : other.comparison().verdict();
  }

  private void upright(String kind, double value, int from, int to) {
    line(
        "<line class=\"%s\" x1=\"%2$.2f%%\" x2=\"%2$.2f%%\" y1=\"%3$d\" y2=\"%4$d\"/>",
        kind, percent(value), from, to);
  }

  private void axis() {
    line("<svg class=\"axis\" height=\"20\" aria-hidden=\"true\">");
    long last = Math.round(top / step);
    for (int i = 0; i <= last; i++) {
      String anchor = i == 0 ? "start" : i == last ? "end" : "middle";
      line(
          "<text x=\"%.2f%%\" y=\"14\" text-anchor=\"%s\">%s</text>",
          percent(i * step), anchor, number(i * step));
    }
    line("</svg>");
  }

  static String number(double value) {
    BigDecimal digits = new BigDecimal(value).round(new MathContext(3));
    return digits.stripTrailingZeros().toPlainString();
  }

  private void legend() {
    line("<ul class=\"legend\">");
    Set<String> seen = results.stream().map(this::verdict).collect(Collectors.toSet());
    COLOURS.stream()
        .filter(colour -> seen.contains(colour.getKey()))
        .forEach(colour -> item(colour.getKey(), colour.getValue()));
    item("unit", ReportPage.escaped(unit()));
    if (paired) {
      item("floor", "physical floor");
    }
    line("</ul>");
  }

  private void item(String kind, String text) {
    line("<li><i class=\"%s\"></i>%s</li>", kind, text);
  }

  private void line(String format, Object... values) {
    html.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
