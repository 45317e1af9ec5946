package io.clarinet.cli;

import static io.clarinet.cli.ReportPage.escaped;

import io.clarinet.cli.load.LoadResult;
import io.clarinet.cli.load.ServedModel;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server's figures under load as one page that needs nothing else. */
final class LoadReport {
  private static final List<String> COLUMNS =
      List.of(
          "load",
          "requests/s",
          "p50",
          "p90",
          "p99",
          "max",
          "batch",
          "answers",
          "wrong",
          "refused",
          "lost");

  private final ServedModel model;
  private final List<LoadResult> results;
  private final MachineFacts machine;
  private final String command;

  /**
   * @param machine of the client
   * @param command that produced the results, as typed in a shell
   */
  LoadReport(ServedModel model, List<LoadResult> results, MachineFacts machine, String command) {
    this.model = model;
    this.results = List.copyOf(results);
    this.machine = machine;
    this.command = command;
  }

  void write(Path file) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("title", escaped(model.name() + " under load"));
    values.put("subtitle", escaped(ReportPage.subtitle(machine)));
    values.put("plot", new LoadPlot(results).html());
    values.put("reading", LoadPlot.reading());
    values.put("table", table());
    values.put("where", isHere() ? "on the server's machine, whose cores it shares" : "elsewhere");
    values.put("facts", ReportPage.facts(machine));
    values.put("commands", escaped(command));
    new ReportPage("load.html").write(file, values);
  }

  private boolean isHere() throws IOException {
    return InetAddress.getByName(model.address().url().getHost()).isLoopbackAddress();
  }

  private String table() {
    StringBuilder html = new StringBuilder("<table>\n<thead>\n<tr>");
    COLUMNS.forEach(title -> html.append("<th scope=\"col\">%s</th>".formatted(title)));
    html.append("</tr>\n</thead>\n<tbody>\n");
    for (LoadResult result : results) {
      List<String> cells = cells(result);
      html.append("<tr>");
      for (int i = 0; i < cells.size(); i++) {
        html.append("<td data-title=\"%s\">%s</td>".formatted(COLUMNS.get(i), cells.get(i)));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table>").toString();
  }

  private static List<String> cells(LoadResult r) {
    return List.of(
        escaped(r.load()),
        String.format(Locale.ROOT, "%.1f", r.throughput()),
        LoadBench.milliseconds(r.p50()),
        LoadBench.milliseconds(r.p90()),
        LoadBench.milliseconds(r.p99()),
        LoadBench.milliseconds(r.max()),
        r.medianBatch() == 0 ? "–" : Integer.toString(r.medianBatch()),
        Long.toString(r.answers()),
        Long.toString(r.wrong()),
        Long.toString(r.refused()),
        Long.toString(r.lost()));
  }
}
