package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Pad;
import io.clarinet.op.Softmax;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.ActivationOrder;
import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.PreActResNet;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Shortcut;
import io.clarinet.zoo.Zoo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of network in the zoo, small, against ONNX Runtime on its exported file. */
class ZooNetworksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alexnet:67x71:10",
        "caffenet:71x67:10",
        "alexnet-torchvision:63x95:10",
        "squeezenet1.1:65x48",
        "squeezenet1.1-caffe:48x65:12",
        "googlenet:64x97:10",
        "cifar_resnet20:31x32",
        "resnet18:33x64:10",
        "resnet50:64x33:10",
        "resnext50_32x4d:33x40:10",
        "shufflenet_v2_x1_0:64x33:10",
        "regnet_y_800mf:33x64:10",
        "resnet50-v1:40x40:10",
        "vgg16_bn:32x32:10",
        "keras_resnet50:64x80:10",
        "keras_resnet50_signs",
        "keras_resnet50_signs:100x128:7",
        "preact_resnet20",
        "preact_resnet164:16x24",
        "preact_resnet50:64x33:10",
        "keras_resnet50v2:33x64:10",
        "keras_efficientnetb0:47x66:10",
        "keras_mobilenetv3small:33x50:10",
        "keras_mobilenet:33x64:10",
        "keras_convnexttiny:32x33:10",
        "keras_inceptionv3:75x80:10",
        "keras_xception:71x48:10",
        "keras_nasnetmobile:65x48:10"
      })
  void agreesWithOnnxRuntime(String name, @TempDir Path folder) throws IOException, OrtException {
    assertAgrees(Model.zoo(name), folder);
  }

  /**
   * Networks of the zoo in their own size, whose names {@code -Dzoo.networks=REGEX} matches, on the
   * device of {@code -Dzoo.device}; without it none.
   */
  @TestFactory
  Stream<DynamicTest> namedNetworksAgree(@TempDir Path folder) {
    Pattern names = Pattern.compile(System.getProperty("zoo.networks", ""));
    Device device = Device.find(System.getProperty("zoo.device", "cpu"));
    return Zoo.all().stream()
        .map(Architecture::name)
        .filter(name -> names.matcher(name).matches())
        .map(
            name ->
                DynamicTest.dynamicTest(name, () -> assertAgrees(Model.zoo(name), device, folder)));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void everyOrderWithEveryShortcutAgrees(
      ActivationOrder order, Shortcut shortcut, @TempDir Path folder)
      throws IOException, OrtException {
    PreActResNet network = PreActResNet.small(14, false).with(order).with(shortcut);
    PreActResNet narrow = PreActResNet.small(11, true).with(order).with(shortcut);
    for (PreActResNet each : List.of(network, narrow)) {
      Architecture architecture = each.withShortcutScale(0.7).architecture("small", "");
      Graph graph = architecture.withInput(15, 12).graph(new SeededWeights(7));
      assertAgrees(Model.of(graph), folder);
    }
  }

  static Stream<Arguments> combinations() {
    return Stream.of(ActivationOrder.values())
        .flatMap(order -> Stream.of(Shortcut.values()).map(s -> Arguments.of(order, s)));
  }

  private static void assertAgrees(Model model, Path folder) throws IOException, OrtException {
    assertAgrees(model, Device.cpu(), folder);
  }

  private static void assertAgrees(Model network, Device device, Path folder)
      throws IOException, OrtException {
    Model model = beforeSoftmax(network);
    Path file = folder.resolve("network.onnx");
    model.writeOnnx(file);
    Tensor input = random(2, model.inputs().get(0).shape(2));
    try (OrtSession peer = peer(model, file);
        Session session = model.open(device)) {
      float[] expected = PeerAnswer.of(peer, input);
      float[] actual = session.run(input).toFloatArray();
      assertThat(TestTensors.relativeError(actual, expected)).isLessThan(1e-4);
      assertThat(Arrays.copyOf(actual, actual.length / 2))
          .as("the two pictures get two answers")
          .isNotEqualTo(Arrays.copyOfRange(actual, actual.length / 2, actual.length));
    }
  }

  /**
   * The scores of a network that ends in a softmax, which leaves nothing of them where untrained
   * weights put one far ahead.
   */
  private static Model beforeSoftmax(Model model) {
    Node last = model.graph().producers().get(model.graph().outputs().get(0));
    return last != null && last.op() instanceof Softmax
        ? model.withOutputs(last.inputs().get(0))
        : model;
  }

  /**
   * ONNX Runtime fuses a padding by zeros into the pooling behind it, which pads by minus infinity
   * or does not count; so the networks that pad so are compared with its optimisations off.
   */
  private static OrtSession peer(Model model, Path file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      if (model.graph().nodes().stream().anyMatch(node -> node.op() instanceof Pad)) {
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      }
      return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
    }
  }

  private static Tensor random(long seed, Shape shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    FloatBuffer values = tensor.floats();
    for (int i = 0; i < values.limit(); i++) {
      values.put(i, random.nextFloat() * 2 - 1);
    }
    return tensor;
  }
}
