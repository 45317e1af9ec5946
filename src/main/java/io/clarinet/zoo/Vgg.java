package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * VGG networks (arXiv 1409.1556), named and built as torchvision does.
 *
 * @param convolutions 3x3 convolutions before each of the five poolings
 * @param norms whether each convolution is followed by a batch norm
 */
record Vgg(String name, List<Integer> convolutions, boolean norms) {
  private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512, 512);
  private static final int CLASSES = 1000;

  static Architecture architecture(
      String name, String title, List<Integer> convolutions, boolean norms) {
    Vgg network = new Vgg(name, convolutions, norms);
    return new Architecture(
        name, title, List.of(3, 224, 224), CLASSES, "torch", "arXiv 1409.1556", network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights);
    String x = layers.input(input);
    int index = 0;
    for (int stage = 0; stage < convolutions.size(); stage++) {
      int width = WIDTHS.get(stage);
      for (int i = 0; i < convolutions.get(stage); i++) {
        x = convolution(layers, index, x, width);
        index += norms ? 3 : 2;
      }
      x = layers.apply("features." + index++, Pool2d.max(Window2d.square(2, 2, 0)), x);
    }
    x = layers.flatten("flatten", x);
    x = layers.relu("classifier.1", layers.dense("classifier.0", x, 4096));
    x = layers.relu("classifier.4", layers.dense("classifier.3", x, 4096));
    return layers.build(layers.dense("classifier.6", x, classes));
  }

  private String convolution(Layers layers, int index, String x, int out) {
    String y = layers.convWithBias("features." + index, x, out, Window2d.square(3, 1, 1));
    if (norms) {
      y = layers.norm("features." + (index + 1), y);
    }
    return layers.relu("features." + (index + (norms ? 2 : 1)), y);
  }
}
