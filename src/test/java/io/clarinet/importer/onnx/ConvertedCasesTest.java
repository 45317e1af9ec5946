package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imported models, written as ONNX again, still pass ONNX's cases. */
class ConvertedCasesTest {
  private static final Path CASES = Path.of("../shared/data/onnx-conformance/node.tar.gz");
  private static final String REFUSAL = " cannot be written as ONNX of opset 17";
  @TempDir Path folder;
  private final TreeSet<String> unwritten = new TreeSet<>();

  private Map<String, Tensor> converted(Graph graph, Map<String, Tensor> inputs) {
    Path file = folder.resolve("converted.onnx");
    try {
      OnnxFile.write(graph, file);
    } catch (GraphException e) {
      assertThat(e).hasMessageEndingWith(REFUSAL);
      unwritten.add(
          e.getMessage().replace(REFUSAL, "").replaceFirst("node \".*\" \\(\\w+\\): ", ""));
      return new ReferenceRunner(graph).run(inputs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ReferenceRunner(ModelFile.read(file, Limits.DEFAULT)).run(inputs);
  }

  private Conformance.Report report() throws IOException {
    try (ConformanceCases cases = ConformanceCases.in(List.of(CASES))) {
      return new Conformance(this::converted).run(cases, () -> {});
    }
  }

  @Test
  void answerTheSame() throws IOException {
    assumeTrue(Files.exists(CASES), "the ONNX test cases are not on this machine");
    Conformance.Report report = report();
    assertThat(report.failed()).isEmpty();
    assertThat(OnnxRefusalsTest.reasons()).containsAll(unwritten);
  }
}
