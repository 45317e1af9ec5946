package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ModelWriter.integer;
import static io.clarinet.importer.onnx.ModelWriter.ints;
import static io.clarinet.importer.onnx.ModelWriter.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.clarinet.Device;
import io.clarinet.Fresh;
import io.clarinet.Model;
import io.clarinet.RequiresOpenCl;
import io.clarinet.Session;
import io.clarinet.TestTensors;
import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.report.Explanation;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators that go by known indices, and Einsum, in one model. */
@RequiresOpenCl
class OnnxIndicesTest {
  private static final List<String> OUTPUTS =
      List.of(
          "tri", "sums", "heads", "scores", "picked", "added", "largest", "log", "centre", "marks",
          "rows", "each");

  private final Random random = Fresh.random();

  private ModelWriter model() {
    ModelWriter model = new ModelWriter(18).input("x", 2, 3, 6, 5);
    model.input("labels", DataType.INT64, 2, 4);
    model.initializer("two", Tensor.ofLongs(Shape.of(), 2));
    model.node("Trilu", "tri", List.of("x", "two"), integer("upper", 0));
    model.node("CumSum", "sums", List.of("x", "two"), integer("reverse", 1));
    model.initializer("w", TestTensors.random(random, 5, 2, 3));
    model.node("Einsum", "heads", List.of("x", "w"), text("equation", "abcd,def->abcef"));
    model.node("Einsum", "scores", List.of("x", "x"), text("equation", "nchv,ncwv->nhw"));
    model.initializer("pairs", Tensor.ofLongs(Shape.of(2, 1, 2), 2, -1, 0, 3));
    model.node("GatherND", "picked", List.of("x", "pairs"), integer("batch_dims", 1));
    model.initializer("at", Tensor.ofLongs(Shape.of(1, 1, 2, 2), 4, 0, 4, 4));
    model.initializer("u", TestTensors.random(random, 1, 1, 2, 2));
    model.node(
        "ScatterElements",
        "added",
        List.of("x", "at", "u"),
        integer("axis", 3),
        text("reduction", "add"));
    model.initializer("slices", Tensor.ofLongs(Shape.of(2, 2), 1, 2, 0, 0));
    model.initializer("v", TestTensors.random(random, 2, 6, 5));
    model.node("ScatterND", "largest", List.of("x", "slices", "v"), text("reduction", "max"));
    model.initializer("one", Tensor.ofLongs(Shape.of(1), 1));
    model.node("ReduceLogSumExp", "log", List.of("x", "one"), integer("keepdims", 0));
    model.initializer("shape", Tensor.ofLongs(Shape.of(2), 4, 8));
    model.node("CenterCropPad", "centre", List.of("x", "shape"), ints("axes", 2, 3));
    model.initializer("depth", Tensor.ofLongs(Shape.of(), 7));
    model.initializer("values", Tensor.of(Shape.of(2), -1, 2));
    model.node("OneHot", "marks", List.of("labels", "depth", "values"));
    model.initializer("order", Tensor.ofLongs(Shape.of(4), 5, 0, 0, 3));
    model.node("Gather", "rows", List.of("x", "order"), integer("axis", 2));
    model.node("GatherElements", "each", List.of("x", "at"), integer("axis", 3));
    OUTPUTS.forEach(model::output);
    return model;
  }

  @ParameterizedTest
  @ValueSource(strings = {"opencl", "cpu"})
  void agreeWithOnnxRuntimeWithoutAStepOnTheHost(String device, @TempDir Path folder)
      throws IOException, OrtException {
    Path file = model().write(folder);
    Tensor x = TestTensors.random(random, 2, 3, 6, 5);
    Tensor labels = Tensor.ofLongs(Shape.of(2, 4), 0, 6, -1, 7, 3, 3, -7, -8);
    try (Session session = Model.load(file).open(Device.find(device))) {
      Map<String, Tensor> found = session.run(Map.of("x", x, "labels", labels));
      Map<String, float[]> expected = peer(file, x, labels);
      for (String name : OUTPUTS) {
        assertThat(TestTensors.relativeError(found.get(name).toFloatArray(), expected.get(name)))
            .as(name)
            .isLessThan(1e-5);
      }
      Explanation plan = session.explain(List.of(x.shape(), labels.shape()));
      assertThat(plan.steps()).extracting(Explanation.StepInfo::where).doesNotContain("host");
    }
  }

  private static Map<String, float[]> peer(Path file, Tensor x, Tensor labels) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, float[]> results = new HashMap<>();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor first =
            OnnxTensor.createTensor(environment, x.floats(), new long[] {2, 3, 6, 5});
        OnnxTensor second =
            OnnxTensor.createTensor(
                environment, LongBuffer.wrap(labels.toLongArray()), new long[] {2, 4});
        OrtSession.Result result = session.run(Map.of("x", first, "labels", second))) {
      for (String name : OUTPUTS) {
        FloatBuffer values = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        results.put(name, copy);
      }
    }
    return results;
  }
}
