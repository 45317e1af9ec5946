package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * ConvNeXt (arXiv 2201.03545). Normalisations are over a pixel's channels, and products of pixels
 * are 1x1 convolutions.
 */
record ConvNeXt(String name, Size size, Names names) {
  private static final String PAPER = "arXiv 2201.03545";
  private static final float EPSILON = 1e-6f;
  private static final Window2d PIXEL = Window2d.square(1, 1, 0);

  /**
   * The paper's section 3.
   *
   * @param resize the shorter side that torchvision resizes to; 0 where it has no such network
   */
  record Size(String word, int width, List<Integer> blocks, int resize) {

    private int depth() {
      return blocks.stream().mapToInt(Integer::intValue).sum();
    }
  }

  static final List<Size> SIZES =
      List.of(
          new Size("tiny", 96, List.of(3, 3, 9, 3), 236),
          new Size("small", 96, List.of(3, 3, 27, 3), 230),
          new Size("base", 128, List.of(3, 3, 27, 3), 232),
          new Size("large", 192, List.of(3, 3, 27, 3), 232),
          new Size("xlarge", 256, List.of(3, 3, 27, 3), 0));

  /** The names that a library has for the layers. */
  private enum Names {
    TORCHVISION("block.0", "block.2", "block.3", "block.5", "layer_scale"),
    TIMM("conv_dw", "norm", "mlp.fc1", "mlp.fc2", "gamma"),
    /** The authors'. */
    META("dwconv", "norm", "pwconv1", "pwconv2", "gamma"),
    KERAS(
        "depthwise_conv",
        "layernorm",
        "pointwise_conv_1",
        "pointwise_conv_2",
        "layer_scale.weight");

    private final String depthwise;
    private final String norm;
    private final String expand;
    private final String project;
    private final String scale;

    Names(String depthwise, String norm, String expand, String project, String scale) {
      this.depthwise = depthwise;
      this.norm = norm;
      this.expand = expand;
      this.project = project;
      this.scale = scale;
    }

    /** What the names of a block's layers begin with. */
    private String block(Size size, int stage, int block) {
      return switch (this) {
        case TORCHVISION -> "features." + (2 * stage + 1) + "." + block + ".";
        case TIMM -> "stages." + stage + ".blocks." + block + ".";
        case META -> "stages." + stage + "." + block + ".";
        case KERAS -> keras(size) + "_stage_" + stage + "_block_" + block + "_";
      };
    }

    /** The strided convolution before a stage. */
    private String reduction(Size size, int stage) {
      return this == KERAS
          ? keras(size) + (stage == 0 ? "_stem_conv" : "_downsampling_conv_" + (stage - 1))
          : before(stage) + (stage == 0 ? ".0" : ".1");
    }

    /** The norm behind the first strided convolution, and before each other. */
    private String reductionNorm(Size size, int stage) {
      return this == KERAS
          ? keras(size)
              + (stage == 0 ? "_stem_layernorm" : "_downsampling_layernorm_" + (stage - 1))
          : before(stage) + (stage == 0 ? ".1" : ".0");
    }

    private String before(int stage) {
      return switch (this) {
        case TORCHVISION -> "features." + 2 * stage;
        case TIMM -> stage == 0 ? "stem" : "stages." + stage + ".downsample";
        default -> "downsample_layers." + stage;
      };
    }

    private String lastNorm(Size size) {
      return switch (this) {
        case TORCHVISION -> "classifier.0";
        case TIMM -> "head.norm";
        case META -> "norm";
        case KERAS -> keras(size) + "_head_layernorm";
      };
    }

    private String classifier(Size size) {
      return switch (this) {
        case TORCHVISION -> "classifier.2";
        case TIMM -> "head.fc";
        case META -> "head";
        case KERAS -> keras(size) + "_head_dense";
      };
    }

    private static String keras(Size size) {
      return "convnext_" + size.word();
    }
  }

  /** torchvision's, timm's and the authors'; torchvision has none of the largest. */
  static Architecture pyTorch(Size size) {
    List<Names> names =
        size.resize() > 0
            ? List.of(Names.TORCHVISION, Names.TIMM, Names.META)
            : List.of(Names.TIMM, Names.META);
    String resize = size.resize() > 0 ? ",resize=" + size.resize() : "";
    String whose = size.resize() > 0 ? "torchvision's" : "timm's";
    return architecture("convnext_" + size.word(), size, whose, "torch" + resize, names);
  }

  /** Keras's, which normalises the picture itself. */
  static Architecture keras(Size size) {
    return architecture(
        "keras_convnext" + size.word(), size, "Keras's", "none", List.of(Names.KERAS));
  }

  private static Architecture architecture(
      String name, Size size, String whose, String preprocess, List<Names> names) {
    return new Architecture(
        name,
        "ConvNeXt " + size.word() + ", " + whose,
        List.of(3, 224, 224),
        1000,
        preprocess,
        PAPER,
        names.stream()
            .map(each -> (Architecture.Builder) new ConvNeXt(name, size, each)::graph)
            .toList());
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights, EPSILON);
    String x = layers.input(input);
    x = names == Names.KERAS ? standardised(layers, x) : x;
    for (int stage = 0; stage < size.blocks().size(); stage++) {
      x = reduced(layers, stage, x);
      for (int block = 0; block < size.blocks().get(stage); block++) {
        x = block(layers, stage, block, x);
      }
    }
    x = layers.flatten("flatten", layers.averageOverPixels("avg_pool", x));
    x = layers.normOverLast(names.lastNorm(size), x);
    x = layers.dense(names.classifier(size), x, classes);
    return layers.build(names == Names.KERAS ? layers.softmax("prob", x) : x);
  }

  /** Pixels from 0 to 255 less ImageNet's mean, divided by its deviation. */
  private static String standardised(Layers layers, String x) {
    String rescaled = layers.scale("rescaling", x, 1 / 255.0);
    return layers.standardised("normalization", rescaled, ImageNet.means(), ImageNet.deviations());
  }

  private String reduced(Layers layers, int stage, String x) {
    String name = names.reduction(size, stage);
    String norm = names.reductionNorm(size, stage);
    int width = size.width() << stage;
    if (stage == 0) {
      String y = layers.convWithBias(name, x, width, Window2d.square(4, 4, 0));
      return layers.normOverChannels(norm, y);
    }
    String y = layers.normOverChannels(norm, x);
    return layers.convWithBias(name, y, width, Window2d.square(2, 2, 0));
  }

  private String block(Layers layers, int stage, int block, String x) {
    int width = layers.channels(x);
    String name = names.block(size, stage, block);
    String depthwise = name + names.depthwise;
    String y = layers.conv(depthwise, x, width, Window2d.square(7, 1, 3), width, true);
    y = layers.normOverChannels(name + names.norm, y);
    y = layers.convWithBias(name + names.expand, y, 4 * width, PIXEL);
    y = Activation.GELU.of(layers, name + "gelu", y);
    y = layers.convWithBias(name + names.project, y, width, PIXEL);
    double mean = 1 / Math.sqrt(size.depth());
    y = layers.scaleChannels(name + "scaled", y, name + names.scale, mean);
    return layers.sum(name + "add", y, x);
  }
}
