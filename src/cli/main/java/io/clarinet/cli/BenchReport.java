package io.clarinet.cli;

import io.clarinet.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    String date =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z")
            .format(ZonedDateTime.now(ZoneId.systemDefault()));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("subtitle", escaped(machine.summary() + " · " + date));
    values.put("plotTitle", escaped(plot.title()));
    values.put("plot", plot.html());
    values.put("device", device());
    values.put("table", new BenchTable(results).html());
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

  /** The device, where it is the same for all; else the table has a column of them. */
  private String device() {
    List<String> devices = results.stream().map(BenchResult::device).distinct().toList();
    return devices.size() == 1 ? " All ran on " + escaped(devices.get(0)) + "." : "";
  }

  private static final String PEER_NOTE =
      " Both sides run the same file in one process, in random order within each round, and the"
          + " ratio is the median of the paired ratios: below 1, Clarinet is faster; where its"
          + " interval covers 1 it is grey, since either may be. The error is the largest relative"
          + " difference of the outputs, compared before any timing.";

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
