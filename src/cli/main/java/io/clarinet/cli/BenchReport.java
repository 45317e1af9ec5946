package io.clarinet.cli;

import static io.clarinet.cli.ReportPage.escaped;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Benchmark results as one page that needs nothing else. */
final class BenchReport {
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
    new ReportPage("report.html").write(file, values());
  }

  private Map<String, String> values() {
    BenchPlot plot = new BenchPlot(results);
    boolean paired = results.stream().anyMatch(r -> r.peer() != null);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("subtitle", escaped(ReportPage.subtitle(machine)));
    values.put("plotTitle", escaped(plot.title()));
    values.put("plot", plot.html());
    values.put("device", device());
    values.put("table", new BenchTable(results).html());
    values.put("rounds", Integer.toString(results.get(0).rounds()));
    values.put("peerNote", paired ? PEER_NOTE : "");
    values.put("facts", ReportPage.facts(machine));
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
}
