package io.clarinet.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.image.Preprocess;
import io.clarinet.op.Binary;
import io.clarinet.op.Lrn;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The preprocessing of pictures is known of the usual files, and reported where it is assumed. */
class PreparationTest {

  /** Names as the files of each have them; the preprocessing as the publishers state it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conv1/7x7_s2 inception_3a/1x1 | caffe",
        "fire2/squeeze1x1 | caffe",
        "fire2_squeeze1x1/linear | caffe",
        "conv1_1 conv5_1 fc6 | caffe,mean=103.939,116.779,123.68",
        "res2a_branch2a bn2a_branch2a | caffe,mean=103.939,116.779,123.68",
        "res2a_branch2a/kernel | keras-caffe",
        "block1_conv1/linear block5_conv3/kernel | keras-caffe",
        "block1_conv1 block2_sepconv1/depthwise | tf",
        "conv2_block1_1_conv conv2_block1_3_conv conv2_block1_0_bn | keras-caffe",
        "conv2_block1_1_conv conv2_block1_3_conv conv2_block1_preact_bn | tf",
        "conv2_block1_1_conv conv2_block1_2_conv pool2_bn | torch,resize=exact",
        "model/conv_dw_1/depthwise model/conv_pw_13/Conv2D | tf",
        "block_1_expand Conv_1 | tf",
        "mixed0 mixed10 | tf",
        "conv1.weight layer1.0.conv1.weight layer4.1.bn2.weight | torch",
        "/layer1/layer1.0/conv1/Conv /layer4/layer4.0/conv1/Conv onnx::Conv_193 | torch",
        "features.0.weight classifier.6.weight | torch",
        "/features/features.0/Conv /classifier/classifier.1/Conv | torch",
        "features.conv0.weight classifier.weight | torch",
        "resnetv17_conv0_weight resnetv17_stage1_conv0_weight | torch",
        "mobilenetv20_features_conv0_fwd | torch",
        "MobilenetV1/MobilenetV1/Conv2d_0/Conv2D | tf",
        "resnet_v1_50/conv1/Conv2D | none,resize=256,mean=123.68,116.78,103.94",
        "efficientnet-lite4/model/stem/conv2d/Conv2D | none,resize=256,mean=127,std=128",
        "conv_stem.weight blocks.0.0.conv_dw.weight | torch",
        "/stages.0/blocks/blocks.0/conv_dw/Conv stages.0.blocks.0.gamma | torch"
      })
  void theUsualFilesAreKnownByTheirNames(String names, String expected) {
    GraphBuilder graph = new GraphBuilder("net");
    String last = graph.input("x", 1, 3, 224, 224);
    for (String name : names.split(" ")) {
      last = graph.add(name, Unary.RELU, last);
    }
    Preparation known = Preparation.of(graph.output(last).build());
    assertThat(known.preprocess()).isEqualTo(Preprocess.parse(expected));
    assertThat(known.assumption()).contains(expected).contains("--preprocess").doesNotContain("\n");
  }

  @Test
  void localResponseNormalisationIsOfCaffesTime() {
    GraphBuilder graph = new GraphBuilder("net");
    graph.input("x", 1, 3, 224, 224);
    Model model = Model.of(graph.output(graph.add("n0", new Lrn(5, 1e-4f, 0.75f, 1), "x")).build());
    assertThat(Classifier.preprocessOf(model)).isEqualTo(Preprocess.CAFFE);
  }

  /** A file whose names are lost still has its layers; torchvision's has no softmax. */
  @Test
  void aSqueezeNetIsKnownByItsLayers() throws IOException {
    Model zoo = Model.zoo("squeezenet1.1-caffe");
    assertThat(Classifier.preprocessOf(renamed(zoo.graph()))).isEqualTo(Preprocess.CAFFE);
    assertThat(Preparation.of(renamed(zoo.graph()).graph()).assumption()).contains("SqueezeNet");
    Model other = renamed(Model.zoo("squeezenet1.1").graph());
    assertThat(Preparation.of(other.graph()).assumption()).startsWith("nothing tells");
  }

  /** A graph without metadata, whose values and nodes are numbered. */
  private static Model renamed(Graph graph) {
    Map<String, String> names = new HashMap<>();
    GraphBuilder numbered = new GraphBuilder("net");
    UnaryOperator<String> name = old -> names.computeIfAbsent(old, o -> "v" + names.size());
    graph
        .inputs()
        .forEach(i -> numbered.input(new Input(name.apply(i.name()), i.type(), i.dims())));
    graph.constants().forEach((old, value) -> numbered.constant(name.apply(old), value));
    for (Node node : graph.nodes()) {
      List<String> inputs = node.inputs().stream().map(name).toList();
      List<String> outputs = node.outputs().stream().map(name).toList();
      numbered.add(new Node("n" + names.size(), node.op(), inputs, outputs));
    }
    graph.outputs().forEach(o -> numbered.output(name.apply(o)));
    return Model.of(numbered.build());
  }

  @Test
  void smallPicturesAreSeenWhole() {
    GraphBuilder graph = new GraphBuilder("net");
    graph.input("x", Input.UNKNOWN, 3, 32, 32);
    String y = graph.add("layer1.0.conv1", Unary.RELU, "x");
    Model model = Model.of(graph.output(graph.add("layer4.0.conv1", Unary.RELU, y)).build());
    assertThat(Classifier.preprocessOf(model)).isEqualTo(Preprocess.parse("torch,resize=exact"));
  }

  @Test
  void anUnknownNetworksIsAssumedAndSaid() {
    assertThat(prepared(3).preprocess()).isEqualTo(Preprocess.TORCH);
    assertThat(prepared(1).preprocess()).isEqualTo(Preprocess.parse("none,order=grey,range=1"));
    assertThat(prepared(3).assumption())
        .startsWith("nothing tells how its pictures are prepared, and \"torch\" was assumed");
    assertThat(Preparation.of(Model.zoo("resnet18").graph()).assumption()).isEmpty();
  }

  private static Preparation prepared(int channels) {
    GraphBuilder graph = new GraphBuilder("net");
    graph.input("x", 1, channels, 28, 28);
    return Preparation.of(graph.output(graph.add("y", Unary.RELU, "x")).build());
  }

  /** Scaling operators at a network's beginning, and what they want to see. */
  @ParameterizedTest
  @CsvSource({
    "MUL 0.003921569 ADD 0, none", // Keras's Rescaling(1/255)
    "MUL 0.007843138 ADD -1, none", // Rescaling(1/127.5, -1)
    "DIV 255, none",
    "SUB 123.675 DIV 58.395, none",
    "SUB 104, none",
    "SUB 0.485 DIV 0.229, 'none,range=1'",
    "MUL 2 SUB 1, 'none,range=1'",
    "MUL 255 SUB 104, 'none,range=1'"
  })
  void aNetworkThatScalesPicturesItselfGetsThemAsTheyAre(String operators, String expected) {
    String[] words = operators.split(" ");
    GraphBuilder graph = new GraphBuilder("net");
    String y = graph.input("x", Input.UNKNOWN, 32, 32, 3);
    for (int i = 0; i < words.length; i += 2) {
      graph.constant("c" + i, Tensor.of(Shape.of(1), Float.parseFloat(words[i + 1])));
      y = graph.add("s" + i, new Binary(Binary.Kind.valueOf(words[i]), null), y, "c" + i);
    }
    y = graph.add("nchw", new Transpose(List.of(0, 3, 1, 2)), y);
    Preparation known = Preparation.of(graph.output(y).build());
    assertThat(known.preprocess()).isEqualTo(Preprocess.parse(expected));
    assertThat(known.assumption()).startsWith("it scales pictures itself");
  }

  @Test
  void kerassTutorialNetworkScalesItself() throws IOException {
    Model model = Model.load(Path.of("src/test/resources/faults/keras-tutorial-binary/model.h5"));
    assertThat(Classifier.preprocessOf(model)).isEqualTo(Preprocess.NONE);
  }
}
