package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ModelWriter.integer;
import static io.clarinet.importer.onnx.ModelWriter.ints;
import static io.clarinet.importer.onnx.ModelWriter.real;
import static io.clarinet.importer.onnx.ModelWriter.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Dropout;
import io.clarinet.op.Hardmax;
import io.clarinet.op.MatMul;
import io.clarinet.op.Pad;
import io.clarinet.op.Padding;
import io.clarinet.op.Reshape;
import io.clarinet.op.Slice;
import io.clarinet.op.Softmax;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads operators of all opsets. */
class OnnxImportTest {
  @TempDir Path folder;

  private Graph read(ModelWriter model) throws IOException {
    return ModelFile.read(model.write(folder), Limits.DEFAULT);
  }

  private static float[] run(Graph graph, Tensor x) {
    return new ReferenceRunner(graph).run(Map.of("x", x)).get("y").toFloatArray();
  }

  @Test
  void convolutionTakesItsKernelFromTheWeights() throws IOException {
    Tensor ones = Tensor.of(Shape.of(1, 1, 2, 2), 1, 1, 1, 1);
    Graph graph =
        read(
            new ModelWriter(13)
                .input("x", -1, 1, 2, 2)
                .initializer("w", ones)
                .initializer("b", Tensor.of(Shape.of(1), 10))
                .node("Conv", "y", List.of("x", "w", "b"), ints("pads", 1, 0, 0, 0))
                .output("y"));
    assertThat(graph.inputs().get(0).dims()).containsExactly(Input.UNKNOWN, 1, 2, 2);
    Conv2d conv = (Conv2d) graph.nodes().get(0).op();
    assertThat(conv.window().padding()).isEqualTo(Padding.of(1, 0, 0, 0));
    assertThat(run(graph, Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4))).containsExactly(13, 20);
  }

  @Test
  void automaticPaddingIsKept() throws IOException {
    Graph graph =
        read(
            new ModelWriter(13)
                .input("x", 1, 1, 5, 5)
                .node(
                    "MaxPool",
                    "y",
                    List.of("x"),
                    ints("kernel_shape", 2, 2),
                    ints("strides", 2, 2),
                    text("auto_pad", "SAME_LOWER"))
                .output("y"));
    assertThat(graph.facts().get("y").shape()).isEqualTo(Shape.of(1, 1, 3, 3));
  }

  @Test
  void oldBroadcastAlignsAtItsAxis() throws IOException {
    Graph graph =
        read(
            new ModelWriter(6)
                .input("x", 1, 2, 1, 2)
                .initializer("b", Tensor.of(Shape.of(2), 10, 20))
                .node("Add", "y", List.of("x", "b"), integer("broadcast", 1), integer("axis", 1))
                .output("y"));
    assertThat(run(graph, Tensor.of(Shape.of(1, 2, 1, 2), 1, 2, 3, 4)))
        .containsExactly(11, 12, 23, 24);
  }

  @Test
  void oldBroadcastKnowsTheRankOfAnOpenInput() throws IOException {
    Graph graph =
        read(
            new ModelWriter(6)
                .input("x", -1, 2, -1, 2)
                .node("Relu", "r", List.of("x"))
                .initializer("b", Tensor.of(Shape.of(2), 10, 20))
                .node("Add", "y", List.of("r", "b"), integer("broadcast", 1), integer("axis", 1))
                .output("y"));
    assertThat(run(graph, Tensor.of(Shape.of(1, 2, 1, 2), 1, 2, 3, 4)))
        .containsExactly(11, 12, 23, 24);
  }

  @Test
  void dropoutIsNothingOutsideOfTraining() throws IOException {
    Graph graph =
        read(new ModelWriter(13).input("x", 1, 3).node("Dropout", "y", List.of("x")).output("y"));
    assertThat(graph.nodes()).extracting(Node::op).containsExactly(Reshape.IDENTITY);
  }

  @Test
  void dropoutInTrainingKeepsItsSeedAndItsInputs() throws IOException {
    Tensor training = Tensor.zeros(ElementType.BOOL, Shape.of());
    training.set(0, 1L);
    Graph graph =
        read(
            new ModelWriter(13)
                .input("x", 1, 6)
                .initializer("p", Tensor.of(Shape.of(), 0.5f))
                .initializer("training", training)
                .node("Dropout", "y", List.of("x", "p", "training"), integer("seed", 7))
                .output("y"));
    assertThat(graph.nodes()).extracting(Node::op).containsExactly(new Dropout(7));
    assertThat(run(graph, Tensor.of(Shape.of(1, 6), 1, 2, 3, 4, 5, 6)))
        .containsExactly(0, 4, 0, 8, 10, 12);
  }

  @Test
  void oldBatchNormIsInference() throws IOException {
    Tensor one = Tensor.of(Shape.of(1), 1);
    Graph graph =
        read(
            new ModelWriter(6)
                .input("x", 1, 1, 1, 1)
                .initializer("one", one)
                .node(
                    "BatchNormalization",
                    "y",
                    List.of("x", "one", "one", "one", "one"),
                    integer("is_test", 1),
                    real("epsilon", 0.5f))
                .output("y"));
    assertThat(graph.nodes().get(0).op()).isEqualTo(new BatchNorm(0.5f, null));
  }

  @Test
  void softmaxChangedItsMeaning() throws IOException {
    for (int opset : new int[] {12, 13}) {
      Graph graph =
          read(
              new ModelWriter(opset)
                  .input("x", 1, 2, 2)
                  .node("Softmax", "y", List.of("x"))
                  .output("y"));
      assertThat(graph.nodes().get(0).op())
          .isEqualTo(opset == 12 ? new Softmax(1, false, true) : new Softmax(-1, false, false));
    }
  }

  @Test
  void hardmaxChangedItsMeaningToo() throws IOException {
    for (int opset : new int[] {12, 13}) {
      ModelWriter model = new ModelWriter(opset).input("x", 1, 2, 2);
      Graph graph = read(model.node("Hardmax", "y", List.of("x")).output("y"));
      assertThat(graph.nodes().get(0).op())
          .isEqualTo(new Hardmax(opset == 12 ? 1 : -1, opset == 12));
    }
  }

  @Test
  void gemmIsADenseLayerWhereItCanBe() throws IOException {
    Graph graph =
        read(
            new ModelWriter(13)
                .input("x", -1, 2)
                .initializer("w", Tensor.of(Shape.of(1, 2), 1, 2))
                .initializer("c", Tensor.of(Shape.of(1), 5))
                .node("Gemm", "y", List.of("x", "w", "c"), integer("transB", 1))
                .output("y"));
    assertThat(graph.nodes()).hasSize(1);
    assertThat(graph.nodes().get(0).op()).isInstanceOf(Dense.class);
    assertThat(run(graph, Tensor.of(Shape.of(1, 2), 3, 4))).containsExactly(16);
  }

  @Test
  void gemmInItsFullForm() throws IOException {
    Graph graph =
        read(
            new ModelWriter(13)
                .input("x", 2, 1)
                .initializer("w", Tensor.of(Shape.of(2, 2), 1, 2, 3, 4))
                .initializer("c", Tensor.of(Shape.of(), 5))
                .node(
                    "Gemm",
                    "y",
                    List.of("x", "w", "c"),
                    integer("transA", 1),
                    real("alpha", 2),
                    real("beta", 10))
                .output("y"));
    assertThat(run(graph, Tensor.of(Shape.of(2, 1), 1, 2))).containsExactly(64, 70);
  }

  @Test
  void matMulIsDenseOnlyForMatrices() throws IOException {
    for (int rank : new int[] {2, 3}) {
      Graph graph =
          read(
              new ModelWriter(13)
                  .input("x", rank == 2 ? new long[] {-1, 2} : new long[] {-1, 1, 2})
                  .initializer("w", Tensor.of(Shape.of(2, 1), 1, 2))
                  .node("MatMul", "y", List.of("x", "w"))
                  .output("y"));
      assertThat(graph.nodes().get(0).op()).isInstanceOf(rank == 2 ? Dense.class : MatMul.class);
    }
  }

  @Test
  void padAndSliceTakeAttributesOrInputs() throws IOException {
    for (int opset : new int[] {9, 13}) {
      ModelWriter model = new ModelWriter(opset).input("x", 1, 3).output("y");
      if (opset == 9) {
        model.node("Pad", "p", List.of("x"), ints("pads", 0, 1, 0, 0), real("value", 7));
        model.node("Slice", "y", List.of("p"), ints("starts", 0), ints("ends", 2), ints("axes", 1));
      } else {
        model.initializer("pads", Tensor.ofLongs(Shape.of(4), 0, 1, 0, 0));
        model.initializer("seven", Tensor.of(Shape.of(), 7));
        model.initializer("zero", Tensor.ofLongs(Shape.of(1), 0));
        model.initializer("one", Tensor.ofLongs(Shape.of(1), 1));
        model.initializer("two", Tensor.ofLongs(Shape.of(1), 2));
        model.node("Pad", "p", List.of("x", "pads", "seven"));
        model.node("Slice", "y", List.of("p", "zero", "two", "one"));
      }
      Graph graph = read(model);
      assertThat(graph.nodes().get(0).op())
          .isEqualTo(new Pad(Pad.Mode.CONSTANT, List.of(0, 1, 0, 0), 7));
      assertThat(graph.nodes().get(1).op())
          .isEqualTo(new Slice(List.of(new Slice.Range(1, 0, 2, 1))));
      assertThat(run(graph, Tensor.of(Shape.of(1, 3), 1, 2, 3))).containsExactly(7, 1);
    }
  }

  @Test
  void centerCropPadCropsAndPadsWhateverTheExtents() throws IOException {
    for (long extent : new long[] {2, -1}) {
      ModelWriter model = new ModelWriter(18).input("x", extent, 3).output("y");
      model.initializer("shape", Tensor.ofLongs(Shape.of(2), 2, 3));
      Graph graph =
          read(model.node("CenterCropPad", "y", List.of("x", "shape"), ints("axes", -1, 0)));
      assertThat(run(graph, Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6)))
          .containsExactly(1, 2, 4, 5, 0, 0);
    }
  }

  @Test
  void theLogarithmOfASumOfPowersOverflowsNowhere() throws IOException {
    float infinity = Float.POSITIVE_INFINITY;
    Tensor x = Tensor.of(Shape.of(3, 2), 200, 200, -infinity, -infinity, infinity, 1);
    for (int keep : new int[] {0, 1}) {
      ModelWriter model = new ModelWriter(13).input("x", 3, 2).output("y");
      Graph graph =
          read(
              model.node(
                  "ReduceLogSumExp",
                  "y",
                  List.of("x"),
                  ints("axes", 1),
                  integer("keepdims", keep)));
      Tensor y = new ReferenceRunner(graph).run(Map.of("x", x)).get("y");
      assertThat(y.shape()).isEqualTo(keep == 1 ? Shape.of(3, 1) : Shape.of(3));
      assertThat(y.toFloatArray())
          .containsExactly((float) (200 + Math.log(2)), -infinity, infinity);
    }
  }

  @Test
  void theOldScatterIsThatOfElements() throws IOException {
    ModelWriter model = new ModelWriter(9).input("x", 3).output("y");
    model.initializer("at", Tensor.ofLongs(Shape.of(1), 1));
    model.initializer("v", Tensor.of(Shape.of(1), 7));
    Graph graph = read(model.node("Scatter", "y", List.of("x", "at", "v")));
    assertThat(run(graph, Tensor.of(Shape.of(3), 1, 2, 3))).containsExactly(1, 7, 3);
  }
}
