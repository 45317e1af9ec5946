package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.BlockNames.Part;
import io.clarinet.zoo.BlockNames.Place;
import io.clarinet.zoo.InvertedResidual.Style;
import io.clarinet.zoo.MobileTrunk.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * EfficientNet (arXiv 1905.11946).
 *
 * @param size which of B0 to B7
 * @param library whose names its weights have
 * @param tensorFlow whether it pads and normalises as the authors' do, or as torchvision's
 */
record EfficientNet(String name, Size size, Library library, boolean tensorFlow) {
  private static final String PAPER = "arXiv 1905.11946";

  /**
   * A row of compound scaling.
   *
   * @param pixels height and width of the picture
   * @param torchvision the shorter side that torchvision resizes to
   * @param timm the same of timm's
   */
  record Size(int number, double width, double depth, int pixels, int torchvision, int timm) {}

  static final List<Size> SIZES =
      List.of(
          new Size(0, 1, 1, 224, 256, 256),
          new Size(1, 1, 1.1, 240, 256, 272),
          new Size(2, 1.1, 1.2, 260, 288, 292),
          new Size(3, 1.2, 1.4, 300, 320, 331),
          new Size(4, 1.4, 1.8, 380, 384, 412),
          new Size(5, 1.6, 2.2, 456, 456, 488),
          new Size(6, 1.8, 2.6, 528, 528, 560),
          new Size(7, 2, 3.1, 600, 600, 632));

  private record Library(BlockNames blocks, Names names) {}

  private static final Library TORCHVISION =
      new Library(
          BlockNames.TORCHVISION_STAGED,
          new Names(
              "features.0.0", "features.0.1", "features.8.0", "features.8.1", "classifier.1"));

  private static final Library TIMM =
      new Library(BlockNames.TIMM, new Names("conv_stem", "bn1", "conv_head", "bn2", "classifier"));

  /** The stages of B0 (the paper's table 1). */
  private record Stage(int expansion, int kernel, int stride, int out, int units) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 3, 1, 16, 1),
          new Stage(6, 3, 2, 24, 2),
          new Stage(6, 5, 2, 40, 2),
          new Stage(6, 3, 2, 80, 3),
          new Stage(6, 5, 1, 112, 3),
          new Stage(6, 5, 2, 192, 4),
          new Stage(6, 3, 1, 320, 1));

  private static final BlockNames KERAS_BLOCKS =
      new BlockNames() {
        @Override
        public String convolution(Place place, Part part) {
          return prefix(place)
              + switch (part) {
                case EXPAND -> "expand_conv";
                case DEPTHWISE -> "dwconv";
                case SQUEEZE -> "se_reduce";
                case EXCITE -> "se_expand";
                case PROJECT -> "project_conv";
              };
        }

        @Override
        public String norm(Place place, Part part) {
          return prefix(place)
              + switch (part) {
                case EXPAND -> "expand_bn";
                case PROJECT -> "project_bn";
                default -> "bn";
              };
        }

        private String prefix(Place place) {
          return "block" + (place.stage() + 1) + (char) ('a' + place.unit()) + "_";
        }
      };

  private static final Library KERAS =
      new Library(
          KERAS_BLOCKS, new Names("stem_conv", "stem_bn", "top_conv", "top_bn", "predictions"));

  /** torchvision's, and timm's of the same name. */
  static Architecture torchvision(Size size) {
    String name = "efficientnet_b" + size.number();
    EfficientNet own = new EfficientNet(name, size, TORCHVISION, false);
    EfficientNet timm = new EfficientNet(name, size, TIMM, false);
    return new Architecture(
        name,
        "EfficientNet-B" + size.number() + ", torchvision's",
        List.of(3, size.pixels(), size.pixels()),
        1000,
        "torch,resize=" + size.torchvision() + ",crop=" + size.pixels(),
        PAPER,
        List.of(own::graph, timm::graph));
  }

  /** The authors' network by timm's names. */
  static Architecture timm(Size size) {
    String name = "tf_efficientnet_b" + size.number();
    return new Architecture(
        name,
        "EfficientNet-B" + size.number() + ", timm's of the authors' weights",
        List.of(3, size.pixels(), size.pixels()),
        1000,
        "torch,resize=" + size.timm() + ",crop=" + size.pixels(),
        PAPER,
        new EfficientNet(name, size, TIMM, true)::graph);
  }

  /** The authors' network as Keras has it, which normalises the picture itself. */
  static Architecture keras(Size size) {
    String name = "keras_efficientnetb" + size.number();
    return new Architecture(
        name,
        "EfficientNet-B" + size.number() + ", Keras's",
        List.of(3, size.pixels(), size.pixels()),
        1000,
        "none",
        PAPER,
        new EfficientNet(name, size, KERAS, true)::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights, epsilon());
    boolean keras = library.equals(KERAS);
    String x = layers.input(input);
    x = keras ? standardised(layers, weights, x) : x;
    x = trunk().of(layers, x, widened(32), blocks(), widened(1280));
    x = layers.flatten("flatten", layers.averageOverPixels("avg_pool", x));
    x = layers.dense(library.names().classifier(), x, classes);
    return layers.build(keras ? layers.softmax("prob", x) : x);
  }

  /**
   * Keras's normalisation of pixels from 0 to 255. Its variances are deviations for ImageNet, by
   * whose roots Keras divides twice; and 1 where nobody set them.
   */
  private static String standardised(Layers layers, Weights weights, String x) {
    Shape shape = Shape.of(3);
    String rescaled = layers.scale("rescaling", x, 1 / 255.0);
    return layers.standardised(
        "normalization",
        rescaled,
        weights.get("normalization_1.mean", shape, ImageNet.MEAN),
        weights.get("normalization_1.variance", shape, ImageNet.DEVIATION));
  }

  private MobileTrunk trunk() {
    double branchScale = 1 / Math.sqrt(STAGES.stream().mapToInt(this::units).sum());
    Style style =
        new Style(library.blocks(), tensorFlow, Activation.SWISH, Activation.SIGMOID, branchScale);
    return new MobileTrunk(library.names(), style, Activation.SWISH);
  }

  private List<List<InvertedResidual>> blocks() {
    List<List<InvertedResidual>> stages = new ArrayList<>();
    int in = widened(32);
    for (Stage stage : STAGES) {
      List<InvertedResidual> blocks = new ArrayList<>();
      for (int unit = 0; unit < units(stage); unit++) {
        blocks.add(block(stage, unit, in));
        in = widened(stage.out());
      }
      stages.add(blocks);
    }
    return stages;
  }

  private InvertedResidual block(Stage stage, int unit, int in) {
    return new InvertedResidual(
        in * stage.expansion(),
        widened(stage.out()),
        stage.kernel(),
        unit == 0 ? stage.stride() : 1,
        in / 4,
        Activation.SWISH);
  }

  /** torchvision has the authors' from B5 on, timm only where it says so. */
  private float epsilon() {
    boolean authors = tensorFlow || (library.equals(TORCHVISION) && size.number() >= 5);
    return authors ? 1e-3f : 1e-5f;
  }

  private int widened(int channels) {
    return InvertedResidual.rounded(size.width() * channels);
  }

  private int units(Stage stage) {
    return (int) Math.ceil(size.depth() * stage.units());
  }
}
