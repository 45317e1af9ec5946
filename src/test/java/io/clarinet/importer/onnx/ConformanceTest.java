package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clarinet.graph.ReferenceRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ONNX project's own cases, answered by the operators' references. */
class ConformanceTest {
  private static final Path CASES = Path.of("../shared/data/onnx-conformance");
  @TempDir Path folder;

  private List<Path> unpacked() throws IOException, InterruptedException {
    List<Path> folders = new ArrayList<>(List.of(CASES.resolve("simple")));
    for (String archive : List.of("node", "pytorch-operator", "pytorch-converted")) {
      Path tar = CASES.resolve(archive + ".tar.gz").toAbsolutePath();
      int status =
          new ProcessBuilder("tar", "xzf", tar.toString(), "-C", folder.toString())
              .inheritIO()
              .start()
              .waitFor();
      assertThat(status).isZero();
    }
    folders.add(folder);
    return folders;
  }

  @Test
  void noCaseIsAnsweredWrong() throws IOException, InterruptedException {
    assumeTrue(Files.isDirectory(CASES), "the ONNX test cases are not on this machine");
    Conformance conformance =
        new Conformance((graph, inputs) -> new ReferenceRunner(graph).run(inputs));
    Conformance.Report report = conformance.run(unpacked());
    Map<String, Integer> missing = new TreeMap<>();
    report
        .unsupported()
        .forEach(u -> u.operators().forEach(o -> missing.merge(o, 1, Integer::sum)));
    System.out.printf(
        "ONNX cases: %d passed, %d failed, %d not supported: %s%n",
        report.passed().size(), report.failed().size(), report.unsupported().size(), missing);
    assertThat(report.failed()).isEmpty();
    assertThat(report.passed()).hasSize(573);
  }
}
