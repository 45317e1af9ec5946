package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * RegNetY (arXiv 2003.13678): residual bottlenecks with convolutions in groups of one width, and
 * squeeze and excitation (arXiv 1709.01507), named and built as torchvision does.
 *
 * @param stages channels and units of each
 * @param groupWidth channels of a group
 */
record RegNet(String name, List<Stage> stages, int groupWidth) {
  private static final int STEM = 32;
  private static final Window2d PIXEL = Window2d.square(1, 1, 0);

  /** A run of units of one width, the first of which halves the image. */
  record Stage(int width, int units) {}

  static Architecture architecture(String name, String title, List<Stage> stages, int groupWidth) {
    RegNet network = new RegNet(name, stages, groupWidth);
    return new Architecture(
        name, title, List.of(3, 224, 224), 1000, "torch", "arXiv 2003.13678", network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights);
    String x = layers.conv("stem.0", layers.input(input), STEM, Window2d.square(3, 2, 1));
    x = layers.relu("stem.2", layers.norm("stem.1", x));
    for (int stage = 0; stage < stages.size(); stage++) {
      for (int unit = 0; unit < stages.get(stage).units(); unit++) {
        String block = "block" + (stage + 1);
        String unitName = "trunk_output." + block + "." + block + "-" + unit;
        x = unit(layers, unitName, x, stages.get(stage).width(), unit == 0 ? 2 : 1);
      }
    }
    x = layers.flatten("flatten", layers.averageOverPixels("avgpool", x));
    return layers.build(layers.dense("fc", x, classes));
  }

  private String unit(Layers layers, String name, String x, int out, int stride) {
    String shortcut = x;
    if (stride != 1 || layers.channels(x) != out) {
      shortcut = layers.conv(name + ".proj.0", x, out, Window2d.square(1, stride, 0));
      shortcut = layers.norm(name + ".proj.1", shortcut);
    }
    String f = name + ".f.";
    String y = layers.conv(f + "a.0", x, out, PIXEL);
    y = layers.relu(f + "a.2", layers.norm(f + "a.1", y));
    y = layers.conv(f + "b.0", y, out, Window2d.square(3, stride, 1), out / groupWidth, false);
    y = layers.relu(f + "b.2", layers.norm(f + "b.1", y));
    y = excited(layers, f + "se", y, Math.round(layers.channels(x) / 4f));
    y = layers.norm(f + "c.1", layers.conv(f + "c.0", y, out, PIXEL), branchScale());
    return layers.relu(name + ".activation", layers.sum(name + ".add", shortcut, y));
  }

  private static String excited(Layers layers, String name, String x, int squeezed) {
    String y = layers.apply(name + ".avgpool", GlobalPool2d.AVERAGE, x);
    y = layers.relu(name + ".activation", layers.convWithBias(name + ".fc1", y, squeezed, PIXEL));
    y = layers.convWithBias(name + ".fc2", y, layers.channels(x), PIXEL);
    return layers.product(name + ".scaled", x, Activation.SIGMOID.of(layers, name + ".gate", y));
  }

  /** Keeps the sum over all untrained branches from growing with the depth. */
  private double branchScale() {
    return 1 / Math.sqrt(stages.stream().mapToInt(Stage::units).sum());
  }
}
