package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * DenseNet (arXiv 1608.06993) with bottlenecks, each transition halving the channels.
 *
 * @param growth channels that each layer adds
 * @param units layers in each of the four dense blocks
 */
record DenseNet(String name, int stem, int growth, List<Integer> units, Names names) {
  private static final String PAPER = "arXiv 1608.06993";

  /**
   * A library's names, with what stands between a layer's name and the number of its norm or its
   * convolution, and the epsilon of the norms.
   */
  private enum Names {
    TORCHVISION("norm", "conv", 1e-5f),
    /** torchvision's files, written when a module's name could have a point in it. */
    TORCHVISION_FILES("norm.", "conv.", 1e-5f),
    KERAS("", "", 1.001e-5f),
    /** Keras's weight files. */
    KERAS_2("", "", 1.001e-5f);

    private final String norm;
    private final String convolution;
    private final float epsilon;

    Names(String norm, String convolution, float epsilon) {
      this.norm = norm;
      this.convolution = convolution;
      this.epsilon = epsilon;
    }

    private boolean isKeras() {
      return this == KERAS || this == KERAS_2;
    }

    private String of(String torchvision, String keras) {
      return !isKeras() ? torchvision : this == KERAS_2 ? older(keras) : keras;
    }

    private static String older(String keras) {
      return keras.equals("predictions") ? "fc1000" : keras.replaceFirst("^conv1_", "conv1/");
    }

    /** The norm (1 or 2) before a convolution of a layer, both counted from 0. */
    private String norm(int block, int unit, int index) {
      return of(torchvision(block, unit) + norm + index, keras(block, unit) + (index - 1) + "_bn");
    }

    private String convolution(int block, int unit, int index) {
      return of(
          torchvision(block, unit) + convolution + index, keras(block, unit) + index + "_conv");
    }

    private static String torchvision(int block, int unit) {
      return "features.denseblock" + (block + 1) + ".denselayer" + (unit + 1) + ".";
    }

    private static String keras(int block, int unit) {
      return "conv" + (block + 2) + "_block" + (unit + 1) + "_";
    }

    private String transition(int block, String layer) {
      String keras = "pool" + (block + 2) + (layer.equals("norm") ? "_bn" : "_conv");
      return of("features.transition" + (block + 1) + "." + layer, keras);
    }
  }

  /** torchvision's, and timm's. */
  static Architecture torchvision(int depth, int stem, int growth, List<Integer> units) {
    String name = "densenet" + depth;
    return architecture(
        name,
        "DenseNet-" + depth + ", torchvision's",
        "torch",
        List.of(
            new DenseNet(name, stem, growth, units, Names.TORCHVISION),
            new DenseNet(name, stem, growth, units, Names.TORCHVISION_FILES)));
  }

  static Architecture keras(int depth, List<Integer> units) {
    String name = "keras_densenet" + depth;
    return architecture(
        name,
        "DenseNet-" + depth + ", Keras's",
        "torch,resize=exact",
        List.of(
            new DenseNet(name, 64, 32, units, Names.KERAS),
            new DenseNet(name, 64, 32, units, Names.KERAS_2)));
  }

  private static Architecture architecture(
      String name, String title, String preprocess, List<DenseNet> networks) {
    return new Architecture(
        name,
        title,
        List.of(3, 224, 224),
        1000,
        preprocess,
        PAPER,
        networks.stream().map(network -> (Architecture.Builder) network::graph).toList());
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights, names.epsilon);
    String x = layers.input(input);
    x = layers.conv(names.of("features.conv0", "conv1_conv"), x, stem, Window2d.square(7, 2, 3));
    x = activated(layers, names.of("features.norm0", "conv1_bn"), x);
    x = layers.apply("pool1", Pool2d.max(Window2d.square(3, 2, 1)), x);
    for (int block = 0; block < units.size(); block++) {
      for (int unit = 0; unit < units.get(block); unit++) {
        x = unit(layers, block, unit, x);
      }
      x = block + 1 < units.size() ? transition(layers, block, x) : x;
    }
    x = activated(layers, names.of("features.norm5", "bn"), x);
    x = layers.flatten("flatten", layers.averageOverPixels("avg_pool", x));
    x = layers.dense(names.of("classifier", "predictions"), x, classes);
    return layers.build(names.isKeras() ? layers.softmax("prob", x) : x);
  }

  private String unit(Layers layers, int block, int unit, String x) {
    String y = activated(layers, names.norm(block, unit, 1), x);
    String convolution = names.convolution(block, unit, 1);
    y = layers.conv(convolution, y, 4 * growth, Window2d.square(1, 1, 0));
    y = activated(layers, names.norm(block, unit, 2), y);
    String last = names.convolution(block, unit, 2);
    y = layers.conv(last, y, growth, Window2d.square(3, 1, 1));
    return layers.concat(last + ".concat", x, y);
  }

  private String transition(Layers layers, int block, String x) {
    String y = activated(layers, names.transition(block, "norm"), x);
    String convolution = names.transition(block, "conv");
    y = layers.conv(convolution, y, layers.channels(y) / 2, Window2d.square(1, 1, 0));
    return layers.apply(convolution + ".pool", Pool2d.average(Window2d.square(2, 2, 0)), y);
  }

  private static String activated(Layers layers, String norm, String x) {
    return layers.relu(norm + ".relu", layers.norm(norm, x));
  }
}
