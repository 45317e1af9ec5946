package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.TestTensors;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.op.Binary;
import io.clarinet.op.Compare;
import io.clarinet.op.Op;
import io.clarinet.op.Reduce;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Written operators can be read, and every operator of ours has an exporter. */
class OnnxOperatorsTest {
  private static final Tensor A = Tensor.of(Shape.of(2, 3), -2.5f, -0.5f, 0, 0.5f, 1, 3.5f);
  private static final Tensor B = Tensor.of(Shape.of(2, 3), 1.5f, -1, 0, 2, -0.5f, -2);
  @TempDir Path folder;

  @Test
  void everyOperatorCanBeWritten() {
    Set<Class<?>> written = Set.copyOf(OnnxOperators.ALL.written());
    assertThat(written).containsExactlyInAnyOrder(Op.class.getPermittedSubclasses());
  }

  @Test
  void anOperatorIsOneFamilys() {
    OnnxOperators all = OnnxOperators.ALL;
    assertThatThrownBy(() -> all.reads("Relu", (node, to) -> {})).hasMessageContaining("Relu");
    assertThatThrownBy(() -> all.writes(Unary.class, (op, node, to) -> {}))
        .hasMessageContaining("Unary");
  }

  @ParameterizedTest
  @EnumSource
  void everyFunctionOfOneElementIsReadBack(Unary.Kind kind) throws IOException {
    assertComesBack(new Unary(kind, 0.3f, 0.7f), "a");
  }

  @ParameterizedTest
  @EnumSource
  void everyFunctionOfTwoElementsIsReadBack(Binary.Kind kind) throws IOException {
    assertComesBack(new Binary(kind, null), "a", "b");
    assertComesBack(new Binary(kind, new Unary(Unary.Kind.ELU, 0.3f, 0)), "a", "b");
  }

  @ParameterizedTest
  @EnumSource
  void everyComparisonIsReadBack(Compare.Relation relation) throws IOException {
    assertComesBack(new Compare(relation), "a", "b");
  }

  @ParameterizedTest
  @EnumSource
  void everyReductionIsReadBack(Reduce.Kind kind) throws IOException {
    assertComesBack(new Reduce(kind, List.of(1), false, false), "a");
  }

  private void assertComesBack(Op op, String... inputs) throws IOException {
    GraphBuilder b = new GraphBuilder("one");
    Map<String, Tensor> values = Map.of("a", A, "b", B);
    values.keySet().stream().sorted().forEach(name -> b.input(name, 2, 3));
    b.add("y", op, inputs);
    Graph graph = b.output("y").build();
    Path file = folder.resolve("one.onnx");
    OnnxFile.write(graph, file);
    Graph again = ModelFile.read(file, Limits.DEFAULT);
    Tensor expected = new ReferenceRunner(graph).run(values).get("y");
    Tensor found = new ReferenceRunner(again).run(values).get("y");
    assertThat(TestTensors.relativeError(found, expected)).isLessThan(1e-6);
  }
}
