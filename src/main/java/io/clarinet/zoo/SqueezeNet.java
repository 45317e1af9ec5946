package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Concat;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;
import java.util.Set;

/**
 * SqueezeNet 1.1 (arXiv 1602.07360, and its authors' revision of it).
 *
 * @param torchvision whether layers are named as torchvision names them, or as the authors' Caffe
 *     network does, which also ends in a softmax
 */
record SqueezeNet(String name, boolean torchvision) {
  /** Squeezing channels of the modules fire2 to fire9; each expands to eight times as many. */
  private static final List<Integer> SQUEEZED = List.of(16, 16, 32, 32, 48, 48, 64, 64);

  /** The modules, counted from 2, that a pooling precedes. */
  private static final Set<Integer> POOLED = Set.of(2, 4, 6);

  static Architecture architecture(String name, String title, boolean torchvision) {
    SqueezeNet network = new SqueezeNet(name, torchvision);
    String preprocess = torchvision ? "torch" : "caffe";
    return new Architecture(
        name, title, List.of(3, 224, 224), 1000, preprocess, "arXiv 1602.07360", network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights);
    String first = torchvision ? "features.0" : "conv1";
    String x = conv(layers, first, layers.input(input), 64, Window2d.square(3, 2, 0));
    int index = 2;
    for (int module = 2; module < SQUEEZED.size() + 2; module++) {
      if (POOLED.contains(module)) {
        x = pool(layers, torchvision ? "features." + index++ : "pool" + (module - 1), x);
      }
      String fire = torchvision ? "features." + index++ : "fire" + module;
      x = fire(layers, fire, x, SQUEEZED.get(module - 2));
    }
    String last = torchvision ? "classifier.1" : "conv10";
    x = conv(layers, last, x, classes, Window2d.square(1, 1, 0));
    x = layers.flatten("flatten", layers.averageOverPixels("avgpool", x));
    return layers.build(torchvision ? x : layers.softmax("prob", x));
  }

  private String fire(Layers layers, String name, String x, int squeezed) {
    String part = name + ".";
    String squeeze = part + (torchvision ? "squeeze" : "squeeze1x1");
    String s = conv(layers, squeeze, x, squeezed, Window2d.square(1, 1, 0));
    String one = conv(layers, part + "expand1x1", s, 4 * squeezed, Window2d.square(1, 1, 0));
    String three = conv(layers, part + "expand3x3", s, 4 * squeezed, Window2d.square(3, 1, 1));
    return layers.apply(part + "concat", new Concat(1), one, three);
  }

  private static String conv(Layers layers, String name, String x, int out, Window2d window) {
    return layers.relu(name + ".relu", layers.convWithBias(name, x, out, window));
  }

  private static String pool(Layers layers, String name, String x) {
    Window2d window = Window2d.square(3, 2, 0);
    return layers.apply(name, new Pool2d(Pool2d.Kind.MAX, window, true, false), x);
  }
}
