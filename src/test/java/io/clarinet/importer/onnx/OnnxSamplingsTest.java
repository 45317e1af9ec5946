package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.proto.AttributeProto.integer;
import static io.clarinet.importer.onnx.proto.AttributeProto.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.op.GridSample;
import io.clarinet.op.Interpolation;
import io.clarinet.op.Op;
import io.clarinet.op.Resize;
import io.clarinet.op.RoiAlign;
import io.clarinet.op.SamplingProblem;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators that sample images, there and back, and what their names mean in each opset. */
class OnnxSamplingsTest {
  @TempDir Path folder;

  static List<SamplingProblem.Named> cases() {
    return SamplingProblem.cases().stream().filter(c -> !c.c().isPage()).toList();
  }

  @Test
  void whatIsWrittenComputesTheSame() throws IOException {
    Random random = Fresh.random();
    for (SamplingProblem.Named named : cases()) {
      comesBack(SamplingProblem.of(named, random), named.toString());
    }
  }

  /** Opset 17 has no tf_half_pixel_for_nn; other coordinates and roundings say the same. */
  @ParameterizedTest
  @EnumSource(names = {"FLOOR", "PREFER_FLOOR"})
  void tensorFlowsNearestIsWrittenInOtherWords(Interpolation.Rounding rounding) throws IOException {
    Interpolation how =
        new Interpolation(Interpolation.Mode.NEAREST, rounding, -0.75f, false, false);
    Resize op =
        new Resize(
            how, Resize.Coordinates.TF_HALF_PIXEL_FOR_NN, Resize.Policy.STRETCH, List.of(), 0);
    Tensor x = TestTensors.random(Fresh.random(), 1, 2, 5, 8);
    for (long extent : new long[] {3, 5, 12}) {
      Tensor sizes = Tensor.ofLongs(Shape.of(4), 1, 2, extent, 2 * extent);
      comesBack(new SamplingProblem("resize", op, List.of(x), List.of(sizes), 0), "" + extent);
    }
  }

  private void comesBack(SamplingProblem problem, String what) throws IOException {
    GraphBuilder b = new GraphBuilder("one");
    Map<String, Tensor> given = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (Tensor input : problem.inputs()) {
      String name = "x" + names.size();
      List<Integer> dims = Arrays.stream(input.shape().dims()).boxed().toList();
      names.add(b.input(new Input(name, input.type(), dims)));
      given.put(name, input);
    }
    problem.known().forEach(known -> names.add(b.constant("x" + names.size(), known)));
    b.add("y", problem.op(), names.toArray(String[]::new));
    Graph graph = b.output("y").build();
    Path file = folder.resolve("one.onnx");
    OnnxFile.write(graph, file);
    Graph again = ModelFile.read(file, Limits.DEFAULT);
    Tensor expected = new ReferenceRunner(graph).run(given).get("y");
    Tensor found = new ReferenceRunner(again).run(given).get("y");
    assertThat(found.shape()).isEqualTo(expected.shape());
    // a NaN that Col2Im drops is spread by the convolution that opset 17 has in its place
    if (!holdsNan(expected) && problem.inputs().stream().noneMatch(OnnxSamplingsTest::holdsNan)) {
      assertThat(TestTensors.relativeError(found, expected)).as(what).isLessThan(1e-6);
    }
  }

  private static boolean holdsNan(Tensor tensor) {
    if (!tensor.type().isFloatingPoint()) {
      return false;
    }
    for (float v : tensor.toFloatArray()) {
      if (Float.isNaN(v)) {
        return true;
      }
    }
    return false;
  }

  private Op read(ModelWriter model) throws IOException {
    return ModelFile.read(model.output("y").write(folder), Limits.DEFAULT).nodes().get(0).op();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 16})
  void regionsHaveHalfPixelsFromOpset16On(int opset) throws IOException {
    ModelWriter model =
        new ModelWriter(opset)
            .input("x", 1, 2, 4, 4)
            .input("r", 3, 4)
            .input("i", DataType.INT64, 3);
    RoiAlign op = (RoiAlign) read(model.node("RoiAlign", "y", List.of("x", "r", "i")));
    assertThat(op).isEqualTo(new RoiAlign(false, opset == 16, 1, 1, 0, 1));
  }

  @Test
  void modesOfGridsHaveOldAndNewNames() throws IOException {
    for (String mode : new String[] {"bicubic", "cubic"}) {
      ModelWriter model = new ModelWriter(20).input("x", 1, 2, 4, 4).input("g", 1, 3, 3, 2);
      model.node(
          "GridSample", "y", List.of("x", "g"), text("mode", mode), integer("align_corners", 1));
      GridSample.Outside zeros = GridSample.Outside.ZEROS;
      assertThat(read(model)).isEqualTo(new GridSample(GridSample.Mode.CUBIC, zeros, true));
    }
    ModelWriter model = new ModelWriter(20).input("x", 1, 2, 4, 4).input("g", 1, 3, 3, 2);
    model.node("GridSample", "y", List.of("x", "g"), text("padding_mode", "mirror"));
    assertThatThrownBy(() -> read(model))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("padding_mode mirror");
  }

  /** 7 pixels by 1.5: ONNX has the corner at 10.5 pixels, PyTorch at the 10 that there are. */
  @ParameterizedTest
  @CsvSource({"pytorch, 64", "another, 53.894737"})
  void cornersOfScalesThatDoNotDivideAreTheProducers(String producer, float last)
      throws IOException {
    ModelWriter model =
        new ModelWriter(11)
            .input("x", 1, 7)
            .initializer("roi", Tensor.zeros(Shape.of(0)))
            .initializer("s", Tensor.of(Shape.of(2), 1, 1.5f));
    model.node(
        "Resize",
        "y",
        List.of("x", "roi", "s"),
        text("mode", "linear"),
        text("coordinate_transformation_mode", "align_corners"));
    assertThat(resized(model.producer(producer))).endsWith(last).hasSize(10);
  }

  /** As PyTorch's nearest; ONNX Runtime rounds up where it shrinks. */
  @Test
  void opset10RoundsDown() throws IOException {
    ModelWriter model =
        new ModelWriter(10).input("x", 1, 7).initializer("s", Tensor.of(Shape.of(2), 1, 0.7f));
    model.node("Resize", "y", List.of("x", "s"), text("mode", "nearest"));
    assertThat(resized(model)).containsExactly(1, 2, 4, 16);
  }

  private float[] resized(ModelWriter model) throws IOException {
    Graph graph = ModelFile.read(model.output("y").write(folder), Limits.DEFAULT);
    Tensor x = Tensor.of(Shape.of(1, 7), 1, 2, 4, 8, 16, 32, 64);
    return new ReferenceRunner(graph).run(Map.of("x", x)).get("y").toFloatArray();
  }
}
