package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Device;
import io.clarinet.Fresh;
import io.clarinet.Model;
import io.clarinet.RequiresOpenCl;
import io.clarinet.Session;
import io.clarinet.TestTensors;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of open batch and picture sizes, and those whose inputs say shapes, on each device. */
@RequiresOpenCl
class OpenShapesTest {
  @TempDir Path folder;
  private final Random random = Fresh.random();

  /** Two scales of a picture joined, the small one resized to what Shape says of the large one. */
  private Model pyramid() throws IOException {
    Tensor four = Tensor.ofLongs(Shape.of(1), 4);
    Path file =
        new ModelWriter(13)
            .input("x", -1, 3, -1, -1)
            .initializer("w1", TestTensors.random(random, 20, 3, 3, 3))
            .initializer("w2", TestTensors.random(random, 18, 20, 3, 3))
            .initializer("two", Tensor.ofLongs(Shape.of(1), 2))
            .initializer("four", four)
            .initializer("none", Tensor.zeros(ElementType.FLOAT32, Shape.of(0)))
            .initializer("flat", Tensor.ofLongs(Shape.of(1), -1))
            .node("Conv", "c1", List.of("x", "w1"), ModelWriter.ints("pads", 1, 1, 1, 1))
            .node("Relu", "r1", List.of("c1"))
            .node("Conv", "c2", List.of("r1", "w2"), ModelWriter.ints("strides", 2, 2))
            .node("Shape", "large", List.of("r1"))
            .node("Slice", "size", List.of("large", "two", "four"))
            .node("Shape", "small", List.of("c2"))
            .node("Slice", "items", List.of("small", "zero", "two"))
            .initializer("zero", Tensor.ofLongs(Shape.of(1), 0))
            .node("Concat", "sizes", List.of("items", "size"), ModelWriter.integer("axis", 0))
            .node(
                "Resize",
                "up",
                List.of("c2", "", "none", "sizes"),
                ModelWriter.text("mode", "linear"))
            .node("Concat", "both", List.of("r1", "up"), ModelWriter.integer("axis", 1))
            .node("GlobalAveragePool", "mean", List.of("both"))
            .node("Concat", "rows", List.of("batch", "flat"), ModelWriter.integer("axis", 0))
            .node("Slice", "batch", List.of("large", "zero", "one"))
            .initializer("one", Tensor.ofLongs(Shape.of(1), 1))
            .node("Reshape", "y", List.of("mean", "rows"))
            .output("both")
            .output("y")
            .write(folder);
    return Model.load(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opencl", "cpu"})
  void everyPictureSizeAndBatchHasAPlan(String device) throws IOException {
    Model model = pyramid();
    ReferenceRunner reference = new ReferenceRunner(model.graph());
    try (Session session = model.open(Device.find(device))) {
      int[][] sizes = {
        {1, 3, 9, 7}, {2, 3, 9, 7}, {1, 3, 16, 33}, {3, 3, 5, 4}, {1, 3, 31, 8}, {1, 3, 9, 7}
      };
      for (int[] size : sizes) {
        Map<String, Tensor> inputs = Map.of("x", TestTensors.random(random, size));
        Map<String, Tensor> found = session.run(inputs);
        reference
            .run(inputs)
            .forEach(
                (name, want) ->
                    assertThat(TestTensors.relativeError(tensor(found, name), want))
                        .as(name)
                        .isLessThan(1e-5));
      }
    }
  }

  private static Tensor tensor(Map<String, Tensor> found, String name) {
    return found.getOrDefault(name, Tensor.zeros(Shape.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"opencl", "cpu"})
  void aShapeComesInAsATensor(String device) throws IOException {
    Path file =
        new ModelWriter(13)
            .input("x", -1, 6)
            .input("shape", TensorProto.DataType.INT64, 2)
            .node("Relu", "r", List.of("x"))
            .node("Reshape", "y", List.of("r", "shape"))
            .output("y")
            .write(folder);
    Model model = Model.load(file);
    try (Session session = model.open(Device.find(device))) {
      Tensor x = TestTensors.random(random, 2, 6);
      Tensor shape = Tensor.ofLongs(Shape.of(2), 3, 4);
      assertThat(session.run(List.of(x, shape)).get(0).shape()).isEqualTo(Shape.of(3, 4));
      shape.set(0, 1);
      shape.set(1, 12);
      assertThat(session.run(List.of(x, shape)).get(0).shape()).isEqualTo(Shape.of(1, 12));
      shape.set(0, 3);
      shape.set(1, -1);
      assertThat(session.run(List.of(x, shape)).get(0).shape()).isEqualTo(Shape.of(3, 4));
    }
  }
}
