package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.Model;
import io.clarinet.TestTensors;
import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.op.Cast;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose numbers are float16, bfloat16 or float64. */
class FloatTypesTest {
  private static final int FLOAT = 1;
  private static final int FLOAT16 = 10;
  private static final int DOUBLE = 11;

  @TempDir Path folder;

  private Graph graph(ModelWriter model) throws IOException {
    return Model.load(model.write(folder)).graph();
  }

  private static Tensor run(Graph graph, Tensor x) {
    return new ReferenceRunner(graph).run(Map.of("x", x)).get(graph.outputs().get(0));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT16, FLOAT16", "BFLOAT16, BFLOAT16", "DOUBLE, FLOAT64"})
  void aWholeNetwork(DataType declared, ElementType type) throws IOException {
    Tensor w = TestTensors.random(Fresh.random(), 5, 3).as(type);
    Tensor x = TestTensors.random(Fresh.random(), 2, 3).as(type);
    Graph graph =
        graph(
            new ModelWriter(17)
                .input("x", declared, -1, 3)
                .initializer("w", w)
                .node("Gemm", "h", List.of("x", "w"), ModelWriter.integer("transB", 1))
                .node("Relu", "y", List.of("h"))
                .output("h", declared)
                .output("y", declared));
    assertThat(graph.input("x").type()).isEqualTo(type);
    Map<String, Tensor> found = new ReferenceRunner(graph).run(Map.of("x", x));
    for (int i = 0; i < 10; i++) {
      float sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += (float) x.doubleAt(i / 5 * 3 + k) * (float) w.doubleAt(i % 5 * 3 + k);
      }
      Tensor h = Tensor.zeros(type, Shape.of());
      h.set(0, (double) sum);
      assertThat(found.get("h").type()).isEqualTo(type);
      double ulp = type == ElementType.BFLOAT16 ? 0.01 : type == ElementType.FLOAT16 ? 1e-3 : 1e-6;
      assertThat(found.get("h").doubleAt(i))
          .isCloseTo(h.doubleAt(0), org.assertj.core.data.Offset.offset(ulp));
      assertThat(found.get("y").doubleAt(i)).isEqualTo(Math.max(0, found.get("h").doubleAt(i)));
    }
  }

  /** Nothing of a weight is on the heap until it is packed. */
  @Test
  void weightsStayInTheFile() throws IOException {
    Tensor w = TestTensors.random(Fresh.random(), 5, 3).as(ElementType.FLOAT16);
    Graph graph =
        graph(
            new ModelWriter(17)
                .input("x", 2, 3)
                .initializer("w", w)
                .node("Cast", "wide", List.of("w"), ModelWriter.integer("to", FLOAT))
                .node("Gemm", "y", List.of("x", "wide"), ModelWriter.integer("transB", 1))
                .output("y"));
    assertThat(graph.nodes()).hasSize(1);
    Constant wide = graph.constants().get(graph.nodes().get(0).inputs().get(1));
    assertThat(wide).isInstanceOfSatisfying(Converted.class, FloatTypesTest::isMapped);
    assertThat(wide.tensor().toFloatArray()).isEqualTo(w.toFloatArray());
  }

  private static void isMapped(Converted weights) {
    assertThat(weights.source().type()).isEqualTo(ElementType.FLOAT16);
    assertThat(weights.source())
        .isInstanceOfSatisfying(
            Tensor.class,
            stored -> {
              assertThat(stored.isReadOnly()).isTrue();
              assertThat(stored.bytes().isDirect()).isTrue();
            });
  }

  /** As mixed precision in PyTorch is exported: float32 weights, cast to half for each layer. */
  @Test
  void aCastOfLargeWeightsIsMadeWhenTheyArePacked() throws IOException {
    Tensor w = TestTensors.random(Fresh.random(), 50, 30);
    Graph graph =
        graph(
            new ModelWriter(17)
                .input("x", DataType.FLOAT16, 2, 30)
                .initializer("w", w)
                .node("Cast", "half", List.of("w"), ModelWriter.integer("to", FLOAT16))
                .node("Gemm", "y", List.of("x", "half"), ModelWriter.integer("transB", 1))
                .output("y", DataType.FLOAT16));
    assertThat(graph.nodes()).hasSize(3);
    Constant half = graph.constants().get(graph.nodes().get(1).inputs().get(1));
    assertThat(half).isInstanceOf(Converted.class);
    assertThat(half.tensor().toFloatArray()).isEqualTo(w.as(ElementType.FLOAT16).toFloatArray());
  }

  /** Between other operators half precision is not rounded to; a cast says that it is. */
  @Test
  void aCastRounds() throws IOException {
    Graph graph =
        graph(
            new ModelWriter(17)
                .input("x", -1)
                .node("Cast", "half", List.of("x"), ModelWriter.integer("to", FLOAT16))
                .node("Cast", "y", List.of("half"), ModelWriter.integer("to", FLOAT))
                .output("y"));
    Tensor x = Tensor.of(Shape.of(4), 1 + 0x1p-11f, 0.1f, 65519, -65520);
    assertThat(run(graph, x).toFloatArray())
        .containsExactly(1, 0.099975586f, 65504, Float.NEGATIVE_INFINITY);
    Path again = folder.resolve("again.onnx");
    OnnxFile.write(graph, again);
    assertThat(run(Model.load(again).graph(), x).toFloatArray())
        .isEqualTo(run(graph, x).toFloatArray());
  }

  @Test
  void anOutputThatIsReadToo() throws IOException {
    Graph graph =
        graph(
            new ModelWriter(17)
                .input("x", 3)
                .node("Cast", "half", List.of("x"), ModelWriter.integer("to", FLOAT16))
                .node("Cast", "y", List.of("half"), ModelWriter.integer("to", FLOAT))
                .output("half", DataType.FLOAT16)
                .output("y"));
    Tensor x = Tensor.of(Shape.of(3), 0.1f, 1, 3.3f);
    Map<String, Tensor> found = new ReferenceRunner(graph).run(Map.of("x", x));
    assertThat(found.get("half").type()).isEqualTo(ElementType.FLOAT16);
    assertThat(found.get("y").toFloatArray()).isEqualTo(x.as(ElementType.FLOAT16).toFloatArray());
    assertThat(graph.nodes().stream().map(n -> n.op()).filter(op -> op instanceof Unary)).isEmpty();
  }

  /** 1/3 as float32 times 3 would not come to 1 again. */
  @Test
  void knownDoublesAreExactAmongEachOther() throws IOException {
    Tensor third = Tensor.zeros(ElementType.FLOAT64, Shape.of());
    third.set(0, 1.0 / 3);
    Tensor hundred = Tensor.zeros(ElementType.FLOAT64, Shape.of());
    hundred.set(0, 300.0);
    Graph graph =
        graph(
            new ModelWriter(17)
                .input("x", 7)
                .initializer("third", third)
                .initializer("hundred", hundred)
                .node("Mul", "product", List.of("third", "hundred"))
                .node("Floor", "floor", List.of("product"))
                .node("Cast", "wide", List.of("x"), ModelWriter.integer("to", DOUBLE))
                .node("Mul", "sum", List.of("wide", "floor"))
                .node("Add", "y", List.of("sum", "third"))
                .output("y", DataType.DOUBLE));
    Tensor y = run(graph, Tensor.of(Shape.of(7), 1, 2, 3, 4, 5, 6, 7));
    assertThat(y.type()).isEqualTo(ElementType.FLOAT64);
    assertThat(y.doubleAt(1)).isEqualTo((double) (200 + (float) (1.0 / 3)));
    assertThat(graph.nodes().stream().filter(n -> n.op() instanceof Cast)).hasSize(2);
  }

  @Test
  void anOutputThatIsAnInitializerKeepsItsBits() throws IOException {
    Tensor w = TestTensors.random(Fresh.random(), 3).as(ElementType.FLOAT16);
    Graph graph =
        graph(
            new ModelWriter(17)
                .input("x", DataType.FLOAT16, 3)
                .initializer("w", w)
                .node("Add", "y", List.of("x", "w"))
                .output("y", DataType.FLOAT16)
                .output("w", DataType.FLOAT16)
                .output("x", DataType.FLOAT16));
    Map<String, Tensor> found = new ReferenceRunner(graph).run(Map.of("x", w));
    assertThat(found.get("w").bytes()).isEqualTo(w.bytes());
    assertThat(found.get("x").bytes()).isEqualTo(w.bytes());
    assertThat(found.get("y").doubleAt(1)).isEqualTo(2 * w.doubleAt(1));
  }
}
