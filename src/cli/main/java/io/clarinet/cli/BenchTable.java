package io.clarinet.cli;

import static io.clarinet.cli.ReportPage.escaped;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Benchmark results as a table in HTML. Each cell also carries its column's title, which the page
 * shows where a screen is too narrow for columns.
 */
final class BenchTable {
  private final List<BenchResult> results;
  private final List<Column> columns = new ArrayList<>();

  /** A column; its cells are HTML. */
  private record Column(String title, boolean text, Function<BenchResult, String> cell) {}

  BenchTable(List<BenchResult> results) {
    this.results = List.copyOf(results);
    addOurs();
    if (results.stream().anyMatch(r -> r.peer() != null)) {
      addPeers();
    }
  }

  private void addOurs() {
    column("model", true, r -> escaped(r.model()) + small(r.half() ? "dense weights fp16" : ""));
    column("batch", false, r -> Integer.toString(r.batch()));
    if (results.stream().map(BenchResult::device).distinct().count() > 1) {
      column("device", true, r -> escaped(r.device().replaceFirst(" \\(.*", "")));
    }
    column("Clarinet, ms", false, r -> number(r.median()) + interval(r.low(), r.high()));
    column("images/s", false, r -> format("%.1f", r.imagesPerSecond()));
    column("physical floor, ms", false, r -> number(r.floor()));
    column("of present speed", false, r -> format("%.0f %%", 100 * r.share()));
    column("present GFLOPS", false, r -> present(r.present()));
  }

  private void addPeers() {
    List<String> names = results.stream().map(r -> name(r.peer())).distinct().toList();
    if (names.size() > 1) {
      peers("peer", true, peer -> escaped(peer.name()));
    }
    String title = names.size() > 1 ? "peer" : escaped(names.get(0));
    peers(title + ", ms", false, p -> number(p.median()) + interval(p.low(), p.high()));
    peers("ratio", false, peer -> ratio(peer.comparison()));
    peers("largest error", false, peer -> format("%.0e", peer.maxRelativeError()));
  }

  private static String name(BenchResult.@Nullable Peer peer) {
    return peer == null ? "" : peer.name();
  }

  private void column(String title, boolean text, Function<BenchResult, String> cell) {
    columns.add(new Column(title, text, cell));
  }

  /** A column whose cells are empty where a result has no peer. */
  private void peers(String title, boolean text, Function<BenchResult.Peer, String> cell) {
    column(
        title,
        text,
        r -> {
          BenchResult.Peer peer = r.peer();
          return peer == null ? "" : cell.apply(peer);
        });
  }

  String html() {
    StringBuilder html = new StringBuilder("<table>\n<thead>\n<tr>");
    for (Column column : columns) {
      html.append("<th scope=\"col\"%s>%s</th>".formatted(kind(column), column.title));
    }
    html.append("</tr>\n</thead>\n<tbody>\n");
    for (BenchResult result : results) {
      html.append("<tr>");
      for (Column column : columns) {
        html.append(
            "<td%s data-title=\"%s\">%s</td>"
                .formatted(kind(column), column.title, column.cell.apply(result)));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table>").toString();
  }

  private static String kind(Column column) {
    return column.text ? " class=\"text\"" : "";
  }

  private static String present(PresentSpeed speed) {
    return format("%.0f", speed.median().peakFlops() * 1e-9)
        + small(format("[%.0f, %.0f]", speed.slowest() * 1e-9, speed.fastest() * 1e-9));
  }

  private static String ratio(Comparison c) {
    return format("<b class=\"%s\">%.2f</b>", c.verdict(), c.ratio())
        + small(format("[%.2f, %.2f]", c.low(), c.high()));
  }

  private static String small(String html) {
    return html.isEmpty() ? "" : "<small>" + html + "</small>";
  }

  /** Milliseconds with three to four digits. */
  private static String number(double milliseconds) {
    return format(milliseconds < 10 ? "%.2f" : "%.1f", milliseconds);
  }

  private static String interval(double low, double high) {
    return small("[" + number(low) + ", " + number(high) + "]");
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
