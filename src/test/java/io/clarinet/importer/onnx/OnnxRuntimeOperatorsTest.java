package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.pass.Passes;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ONNX Runtime's own operators, as ONNX Runtime itself computes them. */
class OnnxRuntimeOperatorsTest {
  private static final String DOMAIN = "com.microsoft";
  private final Random random = Fresh.random();
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final ModelWriter model = new ModelWriter(13).opset(DOMAIN, 1);
  @TempDir Path folder;

  private OnnxRuntimeOperatorsTest input(String name, int... dims) {
    inputs.put(name, TestTensors.random(random, dims));
    model.input(name, Arrays.stream(dims).asLongStream().toArray());
    return this;
  }

  private OnnxRuntimeOperatorsTest weights(String name, int... dims) {
    model.initializer(name, TestTensors.random(random, dims));
    return this;
  }

  private void agrees(String op, List<String> from, AttributeProto... attributes) throws Exception {
    model.node(new NodeProto("n", op, DOMAIN, from, List.of("y"), List.of(attributes)));
    agree("y");
  }

  private void agree(String... outputs) throws Exception {
    List.of(outputs).forEach(model::output);
    Path file = model.write(folder);
    agree(file, file, outputs);
  }

  private void agree(Path file, Path peers, String... outputs) throws Exception {
    Graph graph = ModelFile.read(file, Limits.DEFAULT);
    Map<String, Tensor> found = new ReferenceRunner(graph).run(inputs);
    Map<String, Tensor> expected = run(peers, null);
    for (String output : outputs) {
      assertThat(found.get(output).shape()).isEqualTo(expected.get(output).shape());
      assertThat(TestTensors.relativeError(found.get(output), expected.get(output)))
          .isLessThan(1e-5);
    }
  }

  /** What ONNX Runtime answers; it saves what it has made of the model. */
  private Map<String, Tensor> run(Path file, Path saved) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> given = new HashMap<>();
    Map<String, Tensor> results = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(saved == null ? OptLevel.NO_OPT : OptLevel.EXTENDED_OPT);
      if (saved != null) {
        options.setOptimizedModelFilePath(saved.toString());
      }
      try (OrtSession session = environment.createSession(file.toString(), options)) {
        for (Map.Entry<String, Tensor> each : inputs.entrySet()) {
          long[] dims = Arrays.stream(each.getValue().shape().dims()).asLongStream().toArray();
          given.put(
              each.getKey(), OnnxTensor.createTensor(environment, each.getValue().floats(), dims));
        }
        try (OrtSession.Result result = session.run(given)) {
          for (Map.Entry<String, OnnxValue> each : result) {
            OnnxTensor tensor = (OnnxTensor) each.getValue();
            float[] values = new float[tensor.getFloatBuffer().remaining()];
            tensor.getFloatBuffer().get(values);
            results.put(each.getKey(), Tensor.of(Shape.of(tensor.getInfo().getShape()), values));
          }
        }
      }
    }
    given.values().forEach(OnnxTensor::close);
    return results;
  }

  @ParameterizedTest
  @CsvSource({
    "Relu,",
    "Sigmoid,",
    "Tanh,",
    "LeakyRelu, 0.3",
    "Clip, -0.2 0.4",
    "HardSigmoid, 0.3 0.4",
  })
  void convolutions(String activation, String parameters) throws Exception {
    input("x", 1, 3, 7, 5).weights("w", 4, 3, 3, 3).weights("b", 4).input("z", 1, 4, 3, 2);
    List<Float> given =
        parameters == null
            ? List.of()
            : Arrays.stream(parameters.split(" ")).map(Float::parseFloat).toList();
    agrees(
        "FusedConv",
        List.of("x", "w", "b", "z"),
        ModelWriter.ints("pads", 0, 1, 1, 0),
        ModelWriter.ints("strides", 2, 2),
        AttributeProto.text("activation", activation),
        AttributeProto.reals("activation_params", given));
  }

  @Test
  void aConvolutionOfChannelsLast() throws IOException {
    input("x", 1, 7, 5, 3).weights("w", 4, 3, 3, 3).input("z", 1, 5, 3, 4);
    model
        .node("Transpose", "t", List.of("x"), ModelWriter.ints("perm", 0, 3, 1, 2))
        .node("Conv", "c", List.of("t", "w"))
        .node("Transpose", "u", List.of("c"), ModelWriter.ints("perm", 0, 2, 3, 1))
        .node("Add", "s", List.of("u", "z"))
        .node("Relu", "expected", List.of("s"));
    AttributeProto relu = AttributeProto.text("activation", "Relu");
    model.call(DOMAIN, "NhwcFusedConv", "y", List.of("x", "w", "", "z"), relu);
    Path file = model.output("expected").output("y").write(folder);
    Map<String, Tensor> found =
        new ReferenceRunner(ModelFile.read(file, Limits.DEFAULT)).run(inputs);
    assertThat(found.get("y").bytes()).isEqualTo(found.get("expected").bytes());
  }

  @Test
  void denseLayers() throws Exception {
    input("x", 3, 5).weights("w", 4, 5).weights("b", 4);
    agrees(
        "FusedGemm",
        List.of("x", "w", "b"),
        ModelWriter.integer("transB", 1),
        ModelWriter.real("alpha", 0.5f),
        AttributeProto.text("activation", "LeakyRelu"),
        ModelWriter.real("activation_alpha", 0.2f));
  }

  @Test
  void matrixProducts() throws Exception {
    input("x", 2, 5, 3).input("w", 2, 4, 5);
    AttributeProto[] turned = {
      ModelWriter.integer("transA", 1),
      ModelWriter.integer("transB", 1),
      ModelWriter.real("alpha", 0.5f)
    };
    agrees("FusedMatMul", List.of("x", "w"), turned);
  }

  @ParameterizedTest
  @CsvSource({
    "Gelu, false",
    "BiasGelu, true",
    "FastGelu, false",
    "FastGelu, true",
    "QuickGelu, false"
  })
  void gelus(String op, boolean bias) throws Exception {
    input("x", 3, 5).weights("b", 5);
    agrees(op, bias ? List.of("x", "b") : List.of("x"));
  }

  @Test
  void normsOfSums() throws Exception {
    input("x", 2, 3, 8).input("s", 2, 3, 8).weights("g", 8).weights("b", 8).weights("c", 8);
    AttributeProto epsilon = ModelWriter.real("epsilon", 1e-3f);
    model
        .node(
            new NodeProto(
                "n",
                "SkipLayerNormalization",
                DOMAIN,
                List.of("x", "s", "g", "b", "c"),
                List.of("y", "", "", "sum"),
                List.of(epsilon)))
        .call(DOMAIN, "SkipLayerNormalization", "z", List.of("x", "s", "g"), epsilon)
        .call(DOMAIN, "SkipSimplifiedLayerNormalization", "r", List.of("x", "s", "g", "c"), epsilon)
        .node("SimplifiedLayerNormalization", "q", List.of("x", "g"), epsilon);
    agree("y", "sum", "z", "r", "q");
  }

  /** A network as ONNX Runtime saves it, which our passes fuse again. */
  @Test
  void aModelThatItHasOptimised() throws Exception {
    input("x", 1, 3, 9, 9).weights("w1", 8, 3, 3, 3).weights("b1", 8).weights("w2", 8, 8, 3, 3);
    weights("b2", 8).weights("w3", 6, 8).weights("b3", 6);
    AttributeProto pads = ModelWriter.ints("pads", 1, 1, 1, 1);
    model
        .node("Conv", "c1", List.of("x", "w1", "b1"), pads)
        .node("Relu", "r1", List.of("c1"))
        .node("Conv", "c2", List.of("r1", "w2", "b2"), pads)
        .node("Add", "sum", List.of("c2", "r1"))
        .node("Relu", "r2", List.of("sum"))
        .node("GlobalAveragePool", "p", List.of("r2"))
        .node("Flatten", "f", List.of("p"))
        .node("Gemm", "g", List.of("f", "w3", "b3"), ModelWriter.integer("transB", 1))
        .node("Relu", "y", List.of("g"))
        .output("y");
    Path file = model.write(folder);
    Path saved = folder.resolve("saved.onnx");
    run(file, saved);
    agree(saved, file, "y");
    Graph fused = Passes.standard().apply(ModelFile.read(saved, Limits.DEFAULT));
    assertThat(fused.nodes()).noneMatch(node -> node.op() instanceof Unary);
    assertThat(fused.nodes()).filteredOn(node -> node.op() instanceof Conv2d).hasSize(2);
    assertThat(fused.nodes()).noneMatch(node -> node.op() instanceof Transpose);
  }

  @Test
  void anUnknownActivationIsRefusedByName() {
    input("x", 1, 3, 7, 5).weights("w", 4, 3, 3, 3);
    assertThatThrownBy(
            () -> agrees("FusedConv", List.of("x", "w"), AttributeProto.text("activation", "Soft")))
        .hasMessageContaining("com.microsoft.FusedConv with activation Soft");
  }
}
