package io.clarinet.cli;

import io.clarinet.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Benchmark results as one page that needs nothing else. */
final class BenchReport {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private final List<BenchResult> results;
  private final MachineFacts machine;
  private final String command;

  /**
   * @param command command that produced the results, as typed in a shell
   */
  BenchReport(List<BenchResult> results, MachineFacts machine, String command) {
    this.results = List.copyOf(results);
    this.machine = machine;
    this.command = command;
  }

  void write(Path file) throws IOException {
    Map<String, String> values = values();
    String page =
        PLACE
            .matcher(template())
            .replaceAll(
                place ->
                    Matcher.quoteReplacement(
                        Objects.requireNonNull(values.get(name(place)), name(place))));
    AtomicFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }

  private static String name(MatchResult place) {
    return place.group(1);
  }

  private static String template() throws IOException {
    try (InputStream in = BenchReport.class.getResourceAsStream("report.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Map<String, String> values() {
    BenchPlot plot = new BenchPlot(results);
    boolean paired = results.stream().anyMatch(r -> r.peer() != null);
    String date = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z").format(ZonedDateTime.now());
    Map<String, String> values = new LinkedHashMap<>();
    values.put("subtitle", escaped(machine.summary() + " · " + date));
    values.put("plotTitle", escaped(plot.title()));
    values.put("plot", plot.svg());
    values.put(
        "plotNote", "Lower is better; ×n is the batch size. Whiskers are 95&nbsp;% intervals.");
    values.put("head", paired ? PAIRED_HEAD : HEAD);
    StringBuilder rows = new StringBuilder();
    results.forEach(r -> rows.append(row(r, paired)));
    values.put("rows", rows.toString());
    values.put("rounds", Integer.toString(results.get(0).rounds()));
    values.put("peerNote", paired ? PEER_NOTE : "");
    StringBuilder facts = new StringBuilder();
    machine
        .all()
        .forEach(
            (k, v) -> facts.append("<dt>%s</dt><dd>%s</dd>%n".formatted(escaped(k), escaped(v))));
    values.put("facts", facts.toString());
    values.put("commands", escaped(command));
    return values;
  }

  private static final String HEAD =
      "<tr><th class=\"text\">model</th><th>batch</th><th class=\"text\">device</th><th>Clarinet,"
          + " ms</th><th>images/s</th><th>physical floor, ms</th><th>× floor</th></tr>";
  private static final String PAIRED_HEAD =
      HEAD.replace(
          "</tr>",
          "<th class=\"text\">peer</th><th>peer,"
              + " ms</th><th>ratio</th><th>largest<br>error</th></tr>");
  private static final String PEER_NOTE =
      " Both sides run the same file in one process, in random order within each round, and the"
          + " ratio is the median of the paired ratios: below 1, Clarinet is faster. The error is"
          + " the largest relative difference of the outputs, compared before any timing.";

  private static String row(BenchResult r, boolean paired) {
    StringBuilder row = new StringBuilder("<tr>");
    row.append(
        text(
            r.half()
                ? escaped(r.model()) + "<small>dense weights fp16</small>"
                : escaped(r.model())));
    row.append(cell(Integer.toString(r.batch()), ""));
    row.append(text(escaped(r.device().replaceFirst(" \\(.*", ""))));
    row.append(cell(number(r.median()), interval(r.low(), r.high())));
    row.append(cell(String.format(Locale.ROOT, "%.1f", r.imagesPerSecond()), ""));
    row.append(cell(number(r.floor()), ""));
    row.append(cell(String.format(Locale.ROOT, "%.2f", r.median() / r.floor()), ""));
    if (paired) {
      row.append(peer(r.peer()));
    }
    return row.append("</tr>\n").toString();
  }

  private static String peer(BenchResult.@Nullable Peer peer) {
    if (peer == null) {
      return "<td></td>".repeat(4);
    }
    Comparison c = peer.comparison();
    String ratio =
        "<b class=\"%s\">%.2f</b>".formatted(c.ratio() <= 1 ? "faster" : "slower", c.ratio());
    return text(escaped(peer.name()))
        + cell(number(peer.median()), interval(peer.low(), peer.high()))
        + cell(ratio, String.format(Locale.ROOT, "[%.2f, %.2f]", c.low(), c.high()))
        + cell(String.format(Locale.ROOT, "%.0e", peer.maxRelativeError()), "");
  }

  private static String text(String html) {
    return "<td class=\"text\">" + html + "</td>";
  }

  private static String cell(String html, String small) {
    return "<td>" + html + (small.isEmpty() ? "" : "<small>" + small + "</small>") + "</td>";
  }

  /** Milliseconds with three to four digits. */
  private static String number(double milliseconds) {
    return String.format(Locale.ROOT, milliseconds < 10 ? "%.2f" : "%.1f", milliseconds);
  }

  private static String interval(double low, double high) {
    return "[" + number(low) + ", " + number(high) + "]";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
