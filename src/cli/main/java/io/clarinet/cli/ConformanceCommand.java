package io.clarinet.cli;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.cli.Terminal.Style;
import io.clarinet.graph.Graph;
import io.clarinet.importer.onnx.Conformance;
import io.clarinet.importer.onnx.ConformanceCases;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code conformance}: ONNX's backend test cases on a device. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    header = "Runs ONNX's backend test cases.",
    description = "%nPassed, failed, unsupported, each by name. Fails if any case does.",
    footerHeading = "%nExamples:%n",
    footer = {"  clarinet conformance onnx/backend/test/data/node"})
final class ConformanceCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "folders of cases, or .tar.gz archives of them")
  List<Path> places = new ArrayList<>();

  @Mixin CommonOptions common = new CommonOptions();

  ConformanceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Device device = common.device();
    try (ConformanceCases cases = ConformanceCases.in(places)) {
      int count = cases.models().size();
      if (count == 0) {
        throw new IllegalArgumentException(
            "there are no test cases (folders with model.onnx) in " + places);
      }
      Conformance conformance = new Conformance((graph, inputs) -> run(device, graph, inputs));
      Conformance.Report report;
      try (Progress progress = Progress.of(console, common.json, "conformance", "cases", count)) {
        report = conformance.run(cases, () -> progress.stepBy(1));
      }
      print(device, report);
      return report.failed().isEmpty() ? 0 : 1;
    }
  }

  private static Map<String, Tensor> run(Device device, Graph graph, Map<String, Tensor> inputs) {
    try (Session session = Model.of(graph).open(device)) {
      return session.run(inputs);
    }
  }

  private void print(Device device, Conformance.Report report) {
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("device", device.toString());
      document.put("passed", report.passed());
      document.put("failed", report.failed());
      document.put("unsupported", report.unsupported());
      console.json(document);
      return;
    }
    report.passed().forEach(name -> console.text().println(result(Style.GOOD, "passed") + name));
    report
        .unsupported()
        .forEach(
            u ->
                console
                    .text()
                    .println(
                        result(Style.WARNING, "unsupported") + u.name() + ": " + u.operators()));
    report
        .failed()
        .forEach(
            f ->
                console.text().println(result(Style.BAD, "FAILED") + f.name() + ": " + f.reason()));
    console
        .text()
        .printf(
            "%d passed, %d failed, %d unsupported on %s%n",
            report.passed().size(), report.failed().size(), report.unsupported().size(), device);
    missing(report);
  }

  private String result(Style style, String word) {
    return console.terminal().styled(style, word) + " ".repeat(13 - word.length());
  }

  /** Prints the unsupported operators and types with their numbers of cases. */
  private void missing(Conformance.Report report) {
    Map<String, Integer> counts = new TreeMap<>();
    report.unsupported().forEach(u -> u.operators().forEach(o -> counts.merge(o, 1, Integer::sum)));
    if (!counts.isEmpty()) {
      console.text().println("unsupported operators and types, by the cases that need them:");
      counts.forEach((operator, cases) -> console.text().println("  " + operator + ": " + cases));
    }
  }
}
