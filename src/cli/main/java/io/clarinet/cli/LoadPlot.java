package io.clarinet.cli;

import io.clarinet.cli.load.LoadResult;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Latency against throughput: a point for each load at its median and its 99th percentile. Places
 * are shares of the picture's width, so that text keeps its size on any screen; colours are the
 * page's.
 */
final class LoadPlot {
  private static final int GRID_LINES = 4;
  private static final double LEFT = 9;
  private static final double RIGHT = 97;
  private static final double TOP = 4;
  private static final double BOTTOM = 84;

  private final List<LoadResult> results;
  private final double right;
  private final double high;
  private final StringBuilder html = new StringBuilder();

  LoadPlot(List<LoadResult> results) {
    this.results = List.copyOf(results);
    this.right = end(LoadResult::throughput);
    this.high = end(LoadResult::p99);
  }

  /** What the plot shows, in a sentence. */
  static String reading() {
    return "Each point is a load, by its number of clients, or of requests a second where these are"
        + " due; further right is more throughput, lower is sooner answered.";
  }

  /** The end of an axis: a multiple of its step. */
  private double end(ToDoubleFunction<LoadResult> value) {
    double largest = results.stream().mapToDouble(value).filter(v -> v > 0).max().orElse(1);
    double step = BenchPlot.step(largest / GRID_LINES);
    return step * Math.ceil(largest / step);
  }

  /** The picture, to stand within a page. */
  String html() {
    line("<svg class=\"curve\" height=\"320\" role=\"img\">");
    line("<title>Latency in milliseconds against requests per second</title>");
    for (double y = 0; y <= high * 1.001; y += BenchPlot.step(high / GRID_LINES)) {
      edge("grid", 0, y, right, y);
      text(LEFT - 1, y(y), "end", 4, number(y));
    }
    for (double x = 0; x <= right * 1.001; x += BenchPlot.step(right / GRID_LINES)) {
      text(x(x), BOTTOM, "middle", 20, number(x));
    }
    text((LEFT + RIGHT) / 2, BOTTOM, "middle", 42, "requests/s");
    text(LEFT, 0, "start", 6, "ms");
    curve("p99", LoadResult::p99);
    curve("p50", LoadResult::p50);
    results.stream().filter(r -> r.p99() > 0).forEach(this::label);
    line("</svg>");
    line("<ul class=\"legend\">");
    line("<li><i class=\"p50\"></i>median</li>");
    line("<li><i class=\"p99\"></i>99th percentile</li>");
    line("</ul>");
    return html.toString();
  }

  private void curve(String kind, ToDoubleFunction<LoadResult> value) {
    LoadResult before = null;
    for (LoadResult result : results) {
      double time = value.applyAsDouble(result);
      if (Double.isNaN(time)) {
        continue;
      }
      if (before != null) {
        edge(kind, before.throughput(), value.applyAsDouble(before), result.throughput(), time);
      }
      before = result;
      line(
          "<circle class=\"%s\" cx=\"%.2f%%\" cy=\"%.2f%%\" r=\"4\"><title>%s: %s %.2f ms at %.1f"
              + " requests/s</title></circle>",
          kind,
          x(result.throughput()),
          y(time),
          ReportPage.escaped(result.load()),
          kind,
          time,
          result.throughput());
    }
  }

  private void label(LoadResult result) {
    boolean paced = result.rate() > 0;
    String load = paced ? number(result.rate()) + "/s" : Integer.toString(result.clients());
    text(x(result.throughput()), y(result.p99()), "middle", -10, load);
  }

  private void edge(String kind, double x1, double y1, double x2, double y2) {
    line(
        "<line class=\"%s\" x1=\"%.2f%%\" y1=\"%.2f%%\" x2=\"%.2f%%\" y2=\"%.2f%%\"/>",
        kind, x(x1), y(y1), x(x2), y(y2));
  }

  private void text(double x, double y, String anchor, int below, String text) {
    line(
        "<text x=\"%.2f%%\" y=\"%.2f%%\" dy=\"%d\" text-anchor=\"%s\">%s</text>",
        x, y, below, anchor, text);
  }

  private double x(double throughput) {
    return LEFT + (RIGHT - LEFT) * throughput / right;
  }

  private double y(double time) {
    return BOTTOM - (BOTTOM - TOP) * time / high;
  }

  private static String number(double value) {
    return BenchPlot.number(value);
  }

  private void line(String format, Object... values) {
    html.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
