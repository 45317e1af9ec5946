package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.zoo.BlockNames.Part;
import io.clarinet.zoo.BlockNames.Place;
import io.clarinet.zoo.InvertedResidual.Style;
import io.clarinet.zoo.MobileTrunk.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * MobileNet v2 (arXiv 1801.04381) of width 1.
 *
 * @param tensorFlow whether it pads and normalises as the authors' and Keras's do, and ends in a
 *     softmax, or as torchvision's
 */
record MobileNetV2(BlockNames blocks, Names names, boolean tensorFlow) {
  private static final String PAPER = "arXiv 1801.04381";

  /** The paper's table 2. */
  private record Stage(int expansion, int out, int units, int stride) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));

  private static final BlockNames KERAS =
      new BlockNames() {
        @Override
        public String convolution(Place place, Part part) {
          String block = place.index() == 0 ? "expanded_conv_" : "block_" + place.index() + "_";
          return block
              + switch (part) {
                case EXPAND -> "expand";
                case DEPTHWISE -> "depthwise";
                case PROJECT -> "project";
                default -> throw new IllegalArgumentException("no " + part);
              };
        }

        @Override
        public String norm(Place place, Part part) {
          return convolution(place, part) + "_BN";
        }
      };

  /** torchvision's, which computes as timm's {@code mobilenetv2_100} does. */
  static Architecture torchvision() {
    MobileNetV2 own =
        new MobileNetV2(
            BlockNames.TORCHVISION_V2,
            new Names(
                "features.0.0", "features.0.1", "features.18.0", "features.18.1", "classifier.1"),
            false);
    MobileNetV2 timm =
        new MobileNetV2(
            BlockNames.TIMM,
            new Names("conv_stem", "bn1", "conv_head", "bn2", "classifier"),
            false);
    return architecture("mobilenet_v2", "MobileNet v2, torchvision's", "torch", List.of(own, timm));
  }

  /** Keras's, whose last layer older files call {@code Logits}. */
  static Architecture keras() {
    return architecture(
        "keras_mobilenetv2",
        "MobileNet v2, Keras's",
        "tf",
        List.of(keras("predictions"), keras("Logits")));
  }

  private static MobileNetV2 keras(String classifier) {
    return new MobileNetV2(
        KERAS, new Names("Conv1", "bn_Conv1", "Conv_1", "Conv_1_bn", classifier), true);
  }

  private static Architecture architecture(
      String name, String title, String preprocess, List<MobileNetV2> networks) {
    return new Architecture(
        name,
        title,
        List.of(3, 224, 224),
        1000,
        preprocess,
        PAPER,
        networks.stream()
            .map(
                network ->
                    (Architecture.Builder)
                        (weights, input, classes) ->
                            network.graph(
                                new Layers(name, weights, network.epsilon()), input, classes))
            .toList());
  }

  private Graph graph(Layers layers, List<Integer> input, int classes) {
    String x = trunk().of(layers, layers.input(input), 32, stages(), 1280);
    x = layers.flatten("flatten", layers.averageOverPixels("avg_pool", x));
    x = layers.dense(names.classifier(), x, classes);
    return layers.build(tensorFlow ? layers.softmax("prob", x) : x);
  }

  private MobileTrunk trunk() {
    double branchScale = 1 / Math.sqrt(STAGES.stream().mapToInt(Stage::units).sum());
    Style style = new Style(blocks, tensorFlow, Activation.RELU, Activation.SIGMOID, branchScale);
    return new MobileTrunk(names, style, Activation.RELU6);
  }

  private static List<List<InvertedResidual>> stages() {
    List<List<InvertedResidual>> stages = new ArrayList<>();
    int in = 32;
    for (Stage stage : STAGES) {
      List<InvertedResidual> blocks = new ArrayList<>();
      for (int unit = 0; unit < stage.units(); unit++) {
        int stride = unit == 0 ? stage.stride() : 1;
        blocks.add(
            new InvertedResidual(
                in * stage.expansion(), stage.out(), 3, stride, 0, Activation.RELU6));
        in = stage.out();
      }
      stages.add(blocks);
    }
    return stages;
  }

  private float epsilon() {
    return tensorFlow ? 1e-3f : 1e-5f;
  }
}
