package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ModelWriter.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.op.Reshape;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a model's nodes, initializers, metadata and weights, whatever the operators. */
class OnnxModelTest {
  @TempDir Path folder;

  private Graph read(ModelWriter model) throws IOException {
    return ModelFile.read(model.write(folder), Limits.DEFAULT);
  }

  private static float[] run(Graph graph, Tensor x) {
    return new ReferenceRunner(graph).run(Map.of("x", x)).get("y").toFloatArray();
  }

  @Test
  void reshapeFoldsAKnownTarget() throws IOException {
    Graph graph =
        read(
            new ModelWriter(13)
                .input("x", -1, 2, 3)
                .node(
                    "Constant", "s", List.of(), tensor("value", Tensor.ofLongs(Shape.of(2), 0, -1)))
                .node("Reshape", "y", List.of("x", "s"))
                .output("y"));
    assertThat(graph.nodes()).hasSize(1);
    assertThat(graph.constants()).isEmpty();
    assertThat(graph.nodes().get(0).op())
        .isEqualTo(new Reshape(new Reshape.Rule.To(List.of(0L, -1L), false)));
  }

  @Test
  void nodesMayComeInAnyOrderAndUnusedOnesAreIgnored() throws IOException {
    Graph graph =
        read(
            new ModelWriter(13)
                .input("x", 1, 1)
                .node("Relu", "y", List.of("a"))
                .node("NoSuchOperator", "unused", List.of("a"))
                .node("Identity", "a", List.of("x"))
                .output("y"));
    assertThat(graph.nodes().stream().map(n -> n.output())).containsExactly("a", "y");
  }

  @Test
  void initializersMayBeListedAsInputs() throws IOException {
    Graph graph =
        read(
            new ModelWriter(13)
                .input("x", 1, 1)
                .input("w", 1, 1)
                .initializer("w", Tensor.of(Shape.of(1, 1), 3))
                .node("Add", "y", List.of("x", "w"))
                .output("y"));
    assertThat(graph.inputs()).hasSize(1);
    assertThat(run(graph, Tensor.of(Shape.of(1, 1), 4))).containsExactly(7);
  }

  @Test
  void metadataComesAlong() throws IOException {
    Graph graph =
        read(
            new ModelWriter(13)
                .input("x", 1)
                .node("Relu", "y", List.of("x"))
                .output("y")
                .metadata("k", "v"));
    assertThat(graph.metadata()).containsEntry("k", "v");
  }

  @Test
  void weightsAreViewsOfTheFile() throws IOException {
    Graph graph =
        read(
            new ModelWriter(13)
                .input("x", 2)
                .initializer("w", Tensor.of(Shape.of(2), 1, 2))
                .node("Add", "y", List.of("x", "w"))
                .output("y"));
    Tensor w = graph.constants().get("w").tensor();
    assertThat(w.bytes().isDirect()).isTrue();
    assertThat(w.bytes().isReadOnly()).isTrue();
  }
}
