package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * AlexNet in one column without normalisation (arXiv 1404.5997), named and built as torchvision
 * does.
 */
record SingleColumnAlexNet(String name) {

  static Architecture architecture(String name, String title) {
    SingleColumnAlexNet network = new SingleColumnAlexNet(name);
    return new Architecture(
        name, title, List.of(3, 224, 224), 1000, "torch", "arXiv 1404.5997", network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights);
    String x = conv(layers, 0, layers.input(input), 64, Window2d.square(11, 4, 2));
    x = conv(layers, 3, pool(layers, 2, x), 192, Window2d.square(5, 1, 2));
    x = conv(layers, 6, pool(layers, 5, x), 384, Window2d.square(3, 1, 1));
    x = conv(layers, 8, x, 256, Window2d.square(3, 1, 1));
    x = conv(layers, 10, x, 256, Window2d.square(3, 1, 1));
    x = layers.flatten("flatten", pool(layers, 12, x));
    x = layers.relu("classifier.2", layers.dense("classifier.1", x, 4096));
    x = layers.relu("classifier.5", layers.dense("classifier.4", x, 4096));
    return layers.build(layers.dense("classifier.6", x, classes));
  }

  private static String conv(Layers layers, int index, String x, int out, Window2d window) {
    String y = layers.convWithBias("features." + index, x, out, window);
    return layers.relu("features." + (index + 1), y);
  }

  private static String pool(Layers layers, int index, String x) {
    return layers.apply("features." + index, Pool2d.max(Window2d.square(3, 2, 0)), x);
  }
}
