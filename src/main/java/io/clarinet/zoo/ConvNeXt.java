package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
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
  enum Size {
    TINY(96, List.of(3, 3, 9, 3), 236),
    SMALL(96, List.of(3, 3, 27, 3), 230),
    BASE(128, List.of(3, 3, 27, 3), 232),
    LARGE(192, List.of(3, 3, 27, 3), 232),
    XLARGE(256, List.of(3, 3, 27, 3), 0);

    private final int width;
    private final List<Integer> blocks;
    private final int resize;

    Size(int width, List<Integer> blocks, int resize) {
      this.width = width;
      this.blocks = blocks;
      this.resize = resize;
    }

    private String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    private int depth() {
      return blocks.stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** The layers of a block. */
  private enum Part {
    DEPTHWISE,
    NORM,
    EXPAND,
    PROJECT,
    SCALE
  }

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

    private final List<String> parts;

    Names(String... parts) {
      this.parts = List.of(parts);
    }

    /** A layer of a block; of the scale its weight. */
    private String block(Size size, int stage, int block, Part part) {
      String last = parts.get(part.ordinal());
      return switch (this) {
        case TORCHVISION -> "features." + (2 * stage + 1) + "." + block + "." + last;
        case TIMM -> "stages." + stage + ".blocks." + block + "." + last;
        case META -> "stages." + stage + "." + block + "." + last;
        case KERAS -> keras(size) + "_stage_" + stage + "_block_" + block + "_" + last;
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
        size.resize > 0
            ? List.of(Names.TORCHVISION, Names.TIMM, Names.META)
            : List.of(Names.TIMM, Names.META);
    String resize = size.resize > 0 ? ",resize=" + size.resize : "";
    String whose = size.resize > 0 ? "torchvision's" : "timm's";
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
    for (int stage = 0; stage < size.blocks.size(); stage++) {
      x = reduced(layers, stage, x);
      for (int block = 0; block < size.blocks.get(stage); block++) {
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
    Tensor mean = Tensor.zeros(Shape.of(3));
    Tensor variance = Tensor.zeros(Shape.of(3));
    for (int c = 0; c < 3; c++) {
      mean.set(c, 255 * ImageNet.means().doubleAt(c));
      variance.set(c, Math.pow(255 * ImageNet.deviations().doubleAt(c), 2));
    }
    Splat ones = new Splat(ElementType.FLOAT32, Shape.of(3), 1);
    return layers.standardised("normalization", x, mean, variance, ones);
  }

  private String reduced(Layers layers, int stage, String x) {
    String name = names.reduction(size, stage);
    String norm = names.reductionNorm(size, stage);
    int width = size.width << stage;
    if (stage == 0) {
      String y = layers.convWithBias(name, x, width, Window2d.square(4, 4, 0));
      return layers.normOverChannels(norm, y);
    }
    String y = layers.normOverChannels(norm, x);
    return layers.convWithBias(name, y, width, Window2d.square(2, 2, 0));
  }

  private String block(Layers layers, int stage, int block, String x) {
    int width = layers.channels(x);
    String depthwise = names.block(size, stage, block, Part.DEPTHWISE);
    String y = layers.conv(depthwise, x, width, Window2d.square(7, 1, 3), width, true);
    y = layers.normOverChannels(names.block(size, stage, block, Part.NORM), y);
    String expand = names.block(size, stage, block, Part.EXPAND);
    y = layers.convWithBias(expand, y, 4 * width, PIXEL);
    y = Activation.GELU.of(layers, expand + ".gelu", y);
    String project = names.block(size, stage, block, Part.PROJECT);
    y = layers.convWithBias(project, y, width, PIXEL);
    String scale = names.block(size, stage, block, Part.SCALE);
    y = layers.scaleChannels(project + ".scaled", y, scale, 1 / Math.sqrt(size.depth()));
    return layers.sum(project + ".add", y, x);
  }
}
