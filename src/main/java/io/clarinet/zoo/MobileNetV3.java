package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.zoo.BlockNames.Part;
import io.clarinet.zoo.BlockNames.Place;
import io.clarinet.zoo.InvertedResidual.Style;
import io.clarinet.zoo.MobileTrunk.Names;
import java.util.List;
import java.util.function.Function;

/**
 * MobileNet v3 (arXiv 1905.02244) of width 1.
 *
 * @param tensorFlow whether it pads as the authors' do, or by half a kernel on every side
 * @param epsilon of the batch norms
 */
record MobileNetV3(Size size, Library library, boolean tensorFlow, float epsilon) {
  private static final String PAPER = "arXiv 1905.02244";
  private static final String INCEPTION = "torch,mean=0.5,std=0.5";

  /** The paper's tables 1 and 2, in timm's stages. */
  record Size(String word, List<List<InvertedResidual>> stages, int last, int hidden) {
    static final Size LARGE =
        new Size(
            "large",
            List.of(
                List.of(plain(16, 16, 1, Activation.RELU)),
                List.of(plain(64, 24, 2, Activation.RELU), plain(72, 24, 1, Activation.RELU)),
                List.of(
                    squeezing(72, 40, 5, 2, Activation.RELU),
                    squeezing(120, 40, 5, 1, Activation.RELU),
                    squeezing(120, 40, 5, 1, Activation.RELU)),
                List.of(
                    plain(240, 80, 2, Activation.HARD_SWISH),
                    plain(200, 80, 1, Activation.HARD_SWISH),
                    plain(184, 80, 1, Activation.HARD_SWISH),
                    plain(184, 80, 1, Activation.HARD_SWISH)),
                List.of(
                    squeezing(480, 112, 3, 1, Activation.HARD_SWISH),
                    squeezing(672, 112, 3, 1, Activation.HARD_SWISH)),
                List.of(
                    squeezing(672, 160, 5, 2, Activation.HARD_SWISH),
                    squeezing(960, 160, 5, 1, Activation.HARD_SWISH),
                    squeezing(960, 160, 5, 1, Activation.HARD_SWISH))),
            960,
            1280);

    static final Size SMALL =
        new Size(
            "small",
            List.of(
                List.of(squeezing(16, 16, 3, 2, Activation.RELU)),
                List.of(plain(72, 24, 2, Activation.RELU), plain(88, 24, 1, Activation.RELU)),
                List.of(
                    squeezing(96, 40, 5, 2, Activation.HARD_SWISH),
                    squeezing(240, 40, 5, 1, Activation.HARD_SWISH),
                    squeezing(240, 40, 5, 1, Activation.HARD_SWISH)),
                List.of(
                    squeezing(120, 48, 5, 1, Activation.HARD_SWISH),
                    squeezing(144, 48, 5, 1, Activation.HARD_SWISH)),
                List.of(
                    squeezing(288, 96, 5, 2, Activation.HARD_SWISH),
                    squeezing(576, 96, 5, 1, Activation.HARD_SWISH),
                    squeezing(576, 96, 5, 1, Activation.HARD_SWISH))),
            576,
            1024);

    private int blocks() {
      return stages.stream().mapToInt(List::size).sum();
    }
  }

  /**
   * The names of a library's layers.
   *
   * @param hidden the dense layer before the classifier
   * @param keras whether pixels are standardised in the network, which ends in a softmax
   */
  private record Library(
      BlockNames blocks, Function<Size, Names> names, String hidden, boolean keras) {}

  private static final Library TORCHVISION =
      new Library(BlockNames.TORCHVISION, MobileNetV3::torchvisionNames, "classifier.0", false);

  private static final Library TIMM =
      new Library(BlockNames.TIMM, MobileNetV3::timmNames, "conv_head", false);

  private static final Library KERAS =
      new Library(
          keras("_", "conv", "bn"),
          size -> new Names("conv", "conv_bn", "conv_1", "conv_1_bn", "logits"),
          "conv_2",
          true);

  /** Keras's weight files, and Keras up to 2.x. */
  private static final Library KERAS_2 =
      new Library(
          keras("/", "Conv", "BatchNorm"),
          size -> new Names("Conv", "Conv/BatchNorm", "Conv_1", "Conv_1/BatchNorm", "Logits"),
          "Conv_2",
          true);

  private static Names torchvisionNames(Size size) {
    String last = "features." + (size.blocks() + 1);
    return new Names("features.0.0", "features.0.1", last + ".0", last + ".1", "classifier.3");
  }

  private static Names timmNames(Size size) {
    String last = "blocks." + size.stages().size() + ".0.";
    return new Names("conv_stem", "bn1", last + "conv", last + "bn1", "classifier");
  }

  static Architecture torchvision(Size size) {
    String name = "mobilenet_v3_" + size.word();
    MobileNetV3 network = new MobileNetV3(size, TORCHVISION, false, 1e-3f);
    return network.architecture(name, "torchvision's", "torch", List.of(network));
  }

  static Architecture timm(Size size) {
    String name = "mobilenetv3_" + size.word() + "_100";
    MobileNetV3 network = new MobileNetV3(size, TIMM, false, 1e-5f);
    return network.architecture(name, "timm's", "torch", List.of(network));
  }

  /** The authors' weights by timm's names. */
  static Architecture tensorFlow(Size size) {
    String name = "tf_mobilenetv3_" + size.word() + "_100";
    MobileNetV3 network = new MobileNetV3(size, TIMM, true, 1e-3f);
    return network.architecture(
        name, "timm's of the authors' weights", INCEPTION, List.of(network));
  }

  /** Keras's, which normalises the picture itself. */
  static Architecture keras(Size size) {
    MobileNetV3 network = new MobileNetV3(size, KERAS, true, 1e-3f);
    MobileNetV3 older = new MobileNetV3(size, KERAS_2, true, 1e-3f);
    return network.architecture(
        "keras_mobilenetv3" + size.word(), "Keras's", "none", List.of(network, older));
  }

  private Architecture architecture(
      String name, String whose, String preprocess, List<MobileNetV3> networks) {
    return new Architecture(
        name,
        "MobileNet v3 " + size.word() + ", " + whose,
        List.of(3, 224, 224),
        1000,
        preprocess,
        PAPER,
        networks.stream().map(network -> network.builder(name)).toList());
  }

  private Architecture.Builder builder(String name) {
    return (weights, input, classes) -> graph(new Layers(name, weights, epsilon), input, classes);
  }

  private Graph graph(Layers layers, List<Integer> input, int classes) {
    Names names = library.names().apply(size);
    String x = layers.input(input);
    x = library.keras() ? standardised(layers, x) : x;
    double branchScale = 1 / Math.sqrt(size.blocks());
    Style style =
        new Style(
            library.blocks(), tensorFlow, Activation.RELU, Activation.HARD_SIGMOID, branchScale);
    x =
        new MobileTrunk(names, style, Activation.HARD_SWISH)
            .of(layers, x, 16, size.stages(), size.last());
    x = layers.averageOverPixels("avg_pool", x);
    x = layers.convWithBias(library.hidden(), x, size.hidden(), Window2d.square(1, 1, 0));
    x = Activation.HARD_SWISH.of(layers, library.hidden() + ".activation", x);
    x = layers.dense(names.classifier(), layers.flatten("flatten", x), classes);
    return layers.build(library.keras() ? layers.softmax("prob", x) : x);
  }

  /** Pixels from 0 to 255 brought to -1 to 1. */
  private static String standardised(Layers layers, String x) {
    return layers.standardised("rescaling", x, channels(127.5), channels(127.5));
  }

  private static Splat channels(double value) {
    return new Splat(ElementType.FLOAT32, Shape.of(3), value);
  }

  private static InvertedResidual plain(int expanded, int out, int stride, Activation function) {
    return new InvertedResidual(expanded, out, 3, stride, 0, function);
  }

  private static InvertedResidual squeezing(
      int expanded, int out, int kernel, int stride, Activation function) {
    int squeezed = InvertedResidual.rounded(expanded / 4.0);
    return new InvertedResidual(expanded, out, kernel, stride, squeezed, function);
  }

  private static BlockNames keras(String separator, String convolution, String norm) {
    return new BlockNames() {
      @Override
      public String convolution(Place place, Part part) {
        String block = place.index() == 0 ? "expanded_conv" : "expanded_conv_" + place.index();
        String squeeze = "squeeze_excite" + separator + convolution;
        return block
            + separator
            + switch (part) {
              case EXPAND -> "expand";
              case DEPTHWISE -> "depthwise";
              case SQUEEZE -> squeeze;
              case EXCITE -> squeeze + "_1";
              case PROJECT -> "project";
            };
      }

      @Override
      public String norm(Place place, Part part) {
        return convolution(place, part) + separator + norm;
      }
    };
  }
}
