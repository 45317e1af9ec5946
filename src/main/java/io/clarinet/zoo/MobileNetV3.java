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
  enum Size {
    LARGE(
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
        1280),
    SMALL(
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

    private final List<List<InvertedResidual>> stages;
    private final int last;
    private final int hidden;

    Size(List<List<InvertedResidual>> stages, int last, int hidden) {
      this.stages = stages;
      this.last = last;
      this.hidden = hidden;
    }

    private int blocks() {
      return stages.stream().mapToInt(List::size).sum();
    }

    private String word() {
      return this == LARGE ? "large" : "small";
    }
  }

  /** The names of a library's layers, that of the dense one before the classifier last. */
  private enum Library {
    TORCHVISION(BlockNames.TORCHVISION, "classifier.0") {
      @Override
      Names names(Size size) {
        String last = "features." + (size.blocks() + 1);
        return new Names("features.0.0", "features.0.1", last + ".0", last + ".1", "classifier.3");
      }
    },
    TIMM(BlockNames.TIMM, "conv_head") {
      @Override
      Names names(Size size) {
        String last = "blocks." + size.stages.size() + ".0.";
        return new Names("conv_stem", "bn1", last + "conv", last + "bn1", "classifier");
      }
    },
    KERAS(keras("_", "conv", "bn"), "conv_2") {
      @Override
      Names names(Size size) {
        return new Names("conv", "conv_bn", "conv_1", "conv_1_bn", "logits");
      }
    },
    /** Keras's weight files, and Keras up to 2.x. */
    KERAS_2(keras("/", "Conv", "BatchNorm"), "Conv_2") {
      @Override
      Names names(Size size) {
        return new Names("Conv", "Conv/BatchNorm", "Conv_1", "Conv_1/BatchNorm", "Logits");
      }
    };

    private final BlockNames blocks;
    private final String hidden;

    Library(BlockNames blocks, String hidden) {
      this.blocks = blocks;
      this.hidden = hidden;
    }

    abstract Names names(Size size);

    private boolean isKeras() {
      return this == KERAS || this == KERAS_2;
    }
  }

  static Architecture torchvision(Size size) {
    String name = "mobilenet_v3_" + size.word();
    MobileNetV3 network = new MobileNetV3(size, Library.TORCHVISION, false, 1e-3f);
    return network.architecture(name, "torchvision's", "torch", List.of(network));
  }

  static Architecture timm(Size size) {
    String name = "mobilenetv3_" + size.word() + "_100";
    MobileNetV3 network = new MobileNetV3(size, Library.TIMM, false, 1e-5f);
    return network.architecture(name, "timm's", "torch", List.of(network));
  }

  /** The authors' weights by timm's names. */
  static Architecture tensorFlow(Size size) {
    String name = "tf_mobilenetv3_" + size.word() + "_100";
    MobileNetV3 network = new MobileNetV3(size, Library.TIMM, true, 1e-3f);
    return network.architecture(
        name, "timm's of the authors' weights", INCEPTION, List.of(network));
  }

  /** Keras's, which normalises the picture itself. */
  static Architecture keras(Size size) {
    MobileNetV3 network = new MobileNetV3(size, Library.KERAS, true, 1e-3f);
    MobileNetV3 older = new MobileNetV3(size, Library.KERAS_2, true, 1e-3f);
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
    Names names = library.names(size);
    String x = layers.input(input);
    x = library.isKeras() ? standardised(layers, x) : x;
    double branchScale = 1 / Math.sqrt(size.blocks());
    Style style =
        new Style(
            library.blocks, tensorFlow, Activation.RELU, Activation.HARD_SIGMOID, branchScale);
    x =
        new MobileTrunk(names, style, Activation.HARD_SWISH)
            .of(layers, x, 16, size.stages, size.last);
    x = layers.averageOverPixels("avg_pool", x);
    x = layers.convWithBias(library.hidden, x, size.hidden, Window2d.square(1, 1, 0));
    x = Activation.HARD_SWISH.of(layers, library.hidden + ".activation", x);
    x = layers.dense(names.classifier(), layers.flatten("flatten", x), classes);
    return layers.build(library.isKeras() ? layers.softmax("prob", x) : x);
  }

  /** Pixels from 0 to 255 brought to -1 to 1. */
  private static String standardised(Layers layers, String x) {
    return layers.standardised(
        "rescaling", x, channels(127.5), channels(127.5 * 127.5), channels(1));
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
