package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * Full pre-activation residual networks for small pictures (arXiv 1603.05027, figure 4e): three
 * stages of basic units, a 1x1 convolution as the shortcut where the shape changes.
 *
 * @param units residual units in each stage; the depth is 6 units + 2
 */
record PreActResNet(String name, int units) {
  private static final List<Integer> WIDTHS = List.of(16, 32, 64);
  private static final int SIDE = 32;

  static Architecture architecture(
      String name, String title, int units, int classes, String preprocess) {
    PreActResNet network = new PreActResNet(name, units);
    return new Architecture(
        name,
        title,
        List.of(3, SIDE, SIDE),
        classes,
        preprocess,
        "arXiv 1603.05027",
        network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights);
    String x = layers.conv("conv1", layers.input(input), WIDTHS.get(0), Window2d.square(3, 1, 1));
    for (int stage = 0; stage < WIDTHS.size(); stage++) {
      int width = WIDTHS.get(stage);
      for (int unit = 0; unit < units; unit++) {
        int stride = stage > 0 && unit == 0 ? 2 : 1;
        x = unit(layers, "layer" + (stage + 1) + "." + unit, x, width, stride);
      }
    }
    x = layers.relu("relu", layers.norm("bn", x));
    x = layers.flatten("flatten", layers.averageOverPixels("avgpool", x));
    return layers.build(layers.dense("fc", x, classes));
  }

  private String unit(Layers layers, String name, String x, int width, int stride) {
    String active = layers.relu(name + ".relu1", layers.norm(name + ".bn1", x));
    String shortcut =
        layers.channels(x) == width
            ? x
            : layers.conv(name + ".shortcut", active, width, Window2d.square(1, stride, 0));
    String y = layers.conv(name + ".conv1", active, width, Window2d.square(3, stride, 1));
    y = layers.relu(name + ".relu2", layers.norm(name + ".bn2", y, branchScale()));
    y = layers.conv(name + ".conv2", y, width, Window2d.square(3, 1, 1));
    return layers.sum(name + ".add", y, shortcut);
  }

  /** Keeps the sum over all untrained branches from growing with the depth. */
  private double branchScale() {
    return 1 / Math.sqrt(units * WIDTHS.size());
  }
}
