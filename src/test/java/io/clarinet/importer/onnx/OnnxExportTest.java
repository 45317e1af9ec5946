package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Hardmax;
import io.clarinet.op.Lrn;
import io.clarinet.op.Pad;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reduce;
import io.clarinet.op.Reshape;
import io.clarinet.op.Slice;
import io.clarinet.op.Softmax;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxExportTest {
  @TempDir Path folder;
  private final Random random = Fresh.random();

  private Tensor random(int... dims) {
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    for (long i = 0; i < tensor.shape().size(); i++) {
      tensor.set(i, random.nextDouble() * 2 - 1);
    }
    return tensor;
  }

  private Tensor positive(int extent) {
    Tensor tensor = random(extent);
    for (int i = 0; i < extent; i++) {
      tensor.set(i, 0.5 + Math.abs(tensor.doubleAt(i)));
    }
    return tensor;
  }

  /** Every operator that an image network is written with, in its awkward forms. */
  private Graph network() {
    GraphBuilder b = new GraphBuilder("net");
    b.input("x", Input.UNKNOWN, 3, 11, 9);
    b.constant("w1", random(4, 3, 3, 3));
    b.constant("b1", random(4));
    Window2d same = new Window2d(3, 3, 1, 1, 1, 1, Padding.SAME_UPPER);
    b.add("conv", new Conv2d(same, 1, Epilogue.BIAS.with(Unary.RELU)), "x", "w1", "b1");
    b.constant("w2", random(4, 2, 3, 2));
    Window2d odd = new Window2d(3, 2, 1, 1, 1, 2, Padding.of(1, 2, 1, 0));
    Unary clip = new Unary(Unary.Kind.CLIP, -0.5f, 2);
    Epilogue residual = Epilogue.NONE.withResidual().with(clip);
    b.add("grouped", new Conv2d(odd, 2, residual), "conv", "w2", "conv");
    b.constant("scale", positive(4));
    b.constant("shift", positive(4));
    b.constant("mean", random(4));
    b.constant("variance", positive(4));
    b.add("bn", new BatchNorm(1e-3f, Unary.RELU), "grouped", "scale", "shift", "mean", "variance");
    b.add("lrn", new Lrn(3, 0.1f, 0.75f, 2), "bn");
    Window2d window = new Window2d(3, 2, 2, 2, 1, 1, Padding.of(1, 0, 0, 1));
    b.add("max", new Pool2d(Pool2d.Kind.MAX, window, true, false), "lrn");
    b.add("average", new Pool2d(Pool2d.Kind.AVERAGE, window, true, true), "lrn");
    b.add("joined", new Concat(1), "max", "average");
    b.constant("many", new Splat(ElementType.FLOAT32, Shape.of(1, 8, 6, 5), 0.25));
    b.add("shifted", new Binary(Binary.Kind.SUB, null), "joined", "many");
    b.add("padded", new Pad(Pad.Mode.REFLECT, List.of(0, 0, 1, 0, 0, 0, 0, 2), 0), "shifted");
    b.add("sliced", new Slice(List.of(new Slice.Range(2, -1, -9, -2))), "padded");
    b.add("turned", new Transpose(List.of(0, 2, 3, 1)), "sliced");
    b.add("tanh", new Unary(Unary.Kind.TANH, 0, 0), "turned");
    b.add("leaky", new Unary(Unary.Kind.LEAKY_RELU, 0.2f, 0), "tanh");
    b.add("gelu", new Unary(Unary.Kind.GELU, 0, 0), "leaky");
    b.add("soft", new Softmax(2, true, true), "gelu");
    b.add("back", new Transpose(List.of(0, 3, 1, 2)), "soft");
    b.add("pooled", GlobalPool2d.AVERAGE, "back");
    b.add("flat", new Reshape(new Reshape.Rule.Flatten(1)), "pooled");
    b.constant("w3", random(5, 8));
    b.constant("b3", random(5));
    b.add("dense", new Dense(true, Epilogue.BIAS), "flat", "w3", "b3");
    b.constant("w4", random(5, 5));
    Dense last = new Dense(false, Epilogue.NONE.withResidual().with(Unary.RELU));
    b.add("residual", last, "dense", "w4", "dense");
    b.add("y", Softmax.along(-1), "residual");
    b.add("mark", Hardmax.along(1), "y");
    b.add("mark of all", new Hardmax(1, true), "back");
    return b.output("y").output("max").output("mark").output("mark of all").build();
  }

  @Test
  void whatIsReadBackComputesTheSame() throws IOException {
    Graph graph = network();
    Path file = folder.resolve("net.onnx");
    OnnxFile.write(graph, file);
    Graph again = ModelFile.read(file, Limits.DEFAULT);
    Tensor x = random(2, 3, 11, 9);
    Map<String, Tensor> expected = new ReferenceRunner(graph).run(Map.of("x", x));
    Map<String, Tensor> found = new ReferenceRunner(again).run(Map.of("x", x));
    assertThat(again.constants().get("many")).isInstanceOf(Splat.class);
    for (String output : graph.outputs()) {
      assertThat(TestTensors.relativeError(found.get(output), expected.get(output)))
          .isLessThan(1e-6);
    }
  }

  @Test
  void onnxRuntimeComputesTheSame() throws Exception {
    Graph graph = network();
    Path file = folder.resolve("net.onnx");
    OnnxFile.write(graph, file);
    Tensor x = random(2, 3, 11, 9);
    Map<String, Tensor> expected = new ReferenceRunner(graph).run(Map.of("x", x));
    assertAgrees(file, x, expected);
  }

  private static void assertAgrees(Path file, Tensor x, Map<String, Tensor> expected)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] dims = java.util.Arrays.stream(x.shape().dims()).asLongStream().toArray();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor input = OnnxTensor.createTensor(environment, x.floats(), dims);
        OrtSession.Result result = session.run(Map.of("x", input))) {
      for (Map.Entry<String, Tensor> output : expected.entrySet()) {
        OnnxTensor found = (OnnxTensor) result.get(output.getKey()).orElseThrow();
        float[] values = new float[(int) output.getValue().shape().size()];
        found.getFloatBuffer().get(values);
        assertThat(found.getInfo().getShape())
            .containsExactly(
                java.util.Arrays.stream(output.getValue().shape().dims()).asLongStream().toArray());
        Tensor tensor = Tensor.of(output.getValue().shape(), values);
        assertThat(TestTensors.relativeError(tensor, output.getValue())).isLessThan(1e-5);
      }
    }
  }

  @Test
  void weightsThatDoNotFitGoToASecondFile() throws Exception {
    Graph graph = network();
    Path file = folder.resolve("net.onnx");
    new GraphExport(graph).write(file, 1000);
    assertThat(Files.size(folder.resolve("net.onnx.data"))).isGreaterThan(400);
    Tensor x = random(2, 3, 11, 9);
    Map<String, Tensor> expected = new ReferenceRunner(graph).run(Map.of("x", x));
    Graph again = ModelFile.read(file, Limits.DEFAULT);
    assertThat(
            TestTensors.relativeError(
                new ReferenceRunner(again).run(Map.of("x", x)).get("y"), expected.get("y")))
        .isLessThan(1e-6);
    new GraphExport(again).write(file, 1000); // over the files that its weights are views of
    assertAgrees(file, x, expected);
  }

  @Test
  void metadataAndNamesAreKept() throws IOException {
    GraphBuilder b = new GraphBuilder("small");
    b.input("x", 1, 2);
    b.add("y", Unary.RELU, "x");
    Graph graph = b.output("y").metadata("labels", "a,b").build();
    Path file = folder.resolve("small.onnx");
    OnnxFile.write(graph, file);
    assertThat(ModelFile.read(file, Limits.DEFAULT)).isEqualTo(graph);
  }

  @ParameterizedTest
  @EnumSource
  void aReductionOverNoAxisStillActsOnEachElement(Reduce.Kind kind) throws Exception {
    GraphBuilder b = new GraphBuilder("small");
    b.input("x", 2, 3);
    b.add("y", new Reduce(kind, List.of(), true, true), "x");
    Graph graph = b.output("y").build();
    Path file = folder.resolve("reduce.onnx");
    OnnxFile.write(graph, file);
    Tensor x = random(2, 3);
    assertAgrees(file, x, new ReferenceRunner(graph).run(Map.of("x", x)));
  }
}
