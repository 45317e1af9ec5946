package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.op.ArgMax;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Reshape;
import io.clarinet.op.ShapeOf;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any value of a graph may be an output, whatever the passes would have made of it. */
@RequiresOpenCl
class ModelOutputsTest {
  private final Random random = Fresh.random();

  @TempDir Path folder;

  /** Norms, activations and a residual to be fused, a concatenation in place, an identity. */
  private Graph network() {
    GraphBuilder b = new GraphBuilder("net");
    b.input("x", Input.UNKNOWN, 3, 9, 7);
    b.constant("w1", TestTensors.random(random, 16, 3, 3, 3));
    b.add("conv", new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE), "x", "w1");
    for (String weight : List.of("scale", "shift", "mean", "variance")) {
      Tensor values = TestTensors.random(random, 16);
      IntStream.range(0, 16).forEach(i -> values.set(i, 1 + Math.abs(values.doubleAt(i))));
      b.constant(weight, values);
    }
    b.add("norm", new BatchNorm(1e-5f, null), "conv", "scale", "shift", "mean", "variance");
    b.add("relu", Unary.RELU, "norm");
    b.constant("w2", TestTensors.random(random, 16, 16, 1, 1));
    b.add("right", new Conv2d(Window2d.square(1, 1, 0), 1, Epilogue.NONE), "relu", "w2");
    b.add("sum", Binary.ADD, "right", "relu");
    b.add("both", new Concat(1), "sum", "relu");
    b.add("kept", new Reshape(new Reshape.Rule.Same()), "both");
    b.add("pool", GlobalPool2d.AVERAGE, "kept");
    b.add("flat", new Reshape(new Reshape.Rule.Flatten(1)), "pool");
    b.constant("w3", TestTensors.random(random, 5, 32));
    b.add("fc", new Dense(true, Epilogue.NONE), "flat", "w3");
    b.add("best", new ArgMax(1, false, false, false), "fc");
    b.add("extents", new ShapeOf(0, 4), "relu");
    b.add("y", Softmax.along(1), "fc");
    return b.output("y").build();
  }

  private static List<String> values(Graph graph) {
    List<String> values = new ArrayList<>(graph.constants().keySet());
    graph.inputs().forEach(input -> values.add(input.name()));
    graph.nodes().forEach(node -> values.addAll(node.outputs()));
    return values;
  }

  private static Map<String, Tensor> expected(Model model, Tensor x) {
    Graph all = model.withOutputs(values(model.graph()).toArray(String[]::new)).graph();
    return new ReferenceRunner(all).run(Map.of("x", x));
  }

  private static void assertRight(Map<String, Tensor> found, Map<String, Tensor> expected) {
    found.forEach(
        (name, tensor) ->
            assertThat(TestTensors.relativeError(tensor, expected.get(name)))
                .as(name)
                .isLessThan(1e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void everyValueMayBeAnOutputAloneAndBesideOthers(String device) {
    Model model = Model.of(network());
    Tensor x = TestTensors.random(random, 2, 3, 9, 7);
    Map<String, Tensor> expected = expected(model, x);
    List<String> names = values(model.graph());
    List<List<String>> selections = new ArrayList<>();
    names.forEach(name -> selections.add(List.of(name)));
    Collections.shuffle(selections, random);
    selections.subList(0, device.equals("cpu") ? 0 : 18).clear();
    for (int i = 0; i < 4; i++) {
      Collections.shuffle(names, random);
      selections.add(List.copyOf(names.subList(0, 2 + 3 * i)));
    }
    for (List<String> some : selections) {
      Model selected = model.withOutputs(some.toArray(String[]::new));
      try (Session session = selected.open(Device.find(device))) {
        assertThat(session.outputs()).isEqualTo(some).isEqualTo(selected.outputs());
        Map<String, Tensor> found = session.run(Map.of("x", x));
        assertThat(found.keySet()).containsExactlyElementsOf(some);
        assertRight(found, expected);
      }
    }
  }

  @Test
  void whatTheOutputsDoNotNeedIsLeftOut() {
    Model model = Model.of(network()).withOutputs("norm");
    assertThat(model.graph().nodes()).extracting(Node::name).containsExactly("conv", "norm");
    assertThat(model.graph().constants()).doesNotContainKeys("w2", "w3");
    assertThat(model.inputs()).isEqualTo(Model.of(network()).inputs());
  }

  @Test
  void everyValueIsAnOutputOfTheFileToo() throws IOException {
    Model model = Model.of(network());
    Tensor x = TestTensors.random(random, 2, 3, 9, 7);
    Map<String, Tensor> expected = expected(model, x);
    for (List<String> some :
        List.of(
            List.of("w1"), List.of("x"), List.of("best", "norm", "kept"), values(model.graph()))) {
      Path file = folder.resolve("some.onnx");
      model.withOutputs(some.toArray(String[]::new)).writeOnnx(file);
      Model read = Model.load(file);
      assertThat(read.outputs()).isEqualTo(some);
      assertRight(new ReferenceRunner(read.graph()).run(Map.of("x", x)), expected);
    }
  }

  /** A batch that runs in parts gives for each picture what the picture alone gives. */
  @Test
  void outputsInTheMiddleOfABatchInPartsAreWhole() {
    Model model = Model.zoo("resnet18:96x96:10");
    String middle = model.graph().nodes().get(9).output();
    Tensor pictures = TestTensors.random(random, 8, 3, 96, 96);
    try (Session session =
        model.withOutputs(middle, model.outputs().get(0)).open(Device.find("opencl"))) {
      assertThat(session.explain(List.of(pictures.shape())).steps())
          .anyMatch(step -> !step.node().equals(step.layer()));
      List<Tensor> together = session.run(List.of(pictures));
      for (int n = 0; n < 8; n++) {
        List<Tensor> alone = session.run(List.of(item(pictures, n)));
        for (int i = 0; i < 2; i++) {
          assertThat(TestTensors.relativeError(item(together.get(i), n), alone.get(i)))
              .isLessThan(1e-4);
        }
      }
    }
  }

  private static Tensor item(Tensor batch, int n) {
    Shape shape = batch.shape().with(0, 1);
    Tensor item = Tensor.zeros(shape);
    item.floats().put(batch.floats().slice((int) (n * shape.size()), (int) shape.size()));
    return item;
  }

  @Test
  void whatIsNoValueIsRefusedWithWhatIsNear() {
    Model model = Model.of(network());
    refused(model, "net has no value \"bothe\"; near it is \"both\"", "bothe");
    refused(model, "net has no value \"RELU\"; near it is \"relu\"", "RELU");
    refused(model, "net has no value \"zebra crossing\"", "zebra crossing");
    refused(model, "output \"fc\" is named twice", "fc", "y", "fc");
    refused(model, "net needs an output; name one of its values");
    GraphBuilder named = new GraphBuilder("net");
    named.input("x", 1, 4);
    named.add(new Node("layer", Unary.RELU, List.of("x"), List.of("layer_output_0")));
    refused(
        Model.of(named.output("layer_output_0").build()),
        "net has no value \"layer\"; the node of this name makes \"layer_output_0\"",
        "layer");
  }

  private static void refused(Model model, String message, String... outputs) {
    assertThatThrownBy(() -> model.withOutputs(outputs))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void inputsThatTheModelHasNotAreRefusedWithThoseThatItHas() {
    Tensor x = TestTensors.random(random, 1, 3, 9, 7);
    try (Session session = Model.of(network()).open(Device.cpu())) {
      assertThatThrownBy(() -> session.run(Map.of("x", x, "mask", x)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there is no input \"mask\"; net has inputs [x: FLOAT32 ?x3x9x7]");
      assertThatThrownBy(() -> session.run(Map.of("X", x)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there is no input \"X\"; net has inputs [x: FLOAT32 ?x3x9x7]");
      assertThatThrownBy(() -> session.run(Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("input \"x\" is missing; net has inputs [x: FLOAT32 ?x3x9x7]");
    }
  }
}
