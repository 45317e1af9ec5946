package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.RequiresOpenCl;
import io.clarinet.Session;
import io.clarinet.graph.Graph;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ONNX project's own cases and its nine networks, on OpenCL and on the CPU. */
@RequiresOpenCl
class ConformanceTest {
  private static final Path CASES = Path.of("../shared/data/onnx-conformance");

  @ParameterizedTest
  @ValueSource(strings = {"opencl", "cpu"})
  void noCaseIsAnsweredWrong(String name) throws IOException {
    assumeTrue(Files.isDirectory(CASES), "the ONNX test cases are not on this machine");
    Device device = Device.find(name);
    Conformance.Report report;
    try (ConformanceCases cases = ConformanceCases.in(List.of(CASES))) {
      report = new Conformance((graph, inputs) -> run(device, graph, inputs)).run(cases, () -> {});
    }
    System.out.printf(
        "ONNX cases on %s: %d passed, %d failed, %d not supported: %s%n",
        device,
        report.passed().size(),
        report.failed().size(),
        report.unsupported().size(),
        missing(report));
    assertThat(report.failed()).isEmpty();
    assertThat(report.passed()).hasSizeGreaterThanOrEqualTo(1028);
    assertThat(report.unsupported()).allSatisfy(u -> assertThat(u.operators()).isNotEmpty());
  }

  private static Map<String, Tensor> run(Device device, Graph graph, Map<String, Tensor> inputs) {
    try (Session session = Model.of(graph).open(device)) {
      return session.run(inputs);
    }
  }

  private static Map<String, Integer> missing(Conformance.Report report) {
    Map<String, Integer> missing = new TreeMap<>();
    report
        .unsupported()
        .forEach(u -> u.operators().forEach(o -> missing.merge(o, 1, Integer::sum)));
    return missing;
  }
}
