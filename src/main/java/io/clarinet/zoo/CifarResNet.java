package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pad;
import io.clarinet.op.Slice;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * Residual networks for 32x32 pictures (arXiv 1512.03385, section 4.2): three stages of basic
 * units, their shortcuts without parameters (option A), named as the usual PyTorch files
 * (akamaster/pytorch_resnet_cifar10) are.
 *
 * @param units residual units in each stage; the depth is 6 units + 2
 */
record CifarResNet(String name, int units) {
  private static final List<Integer> WIDTHS = List.of(16, 32, 64);

  /** Every second row and column. */
  private static final Slice SUBSAMPLED =
      new Slice(
          List.of(
              new Slice.Range(2, 0, Integer.MAX_VALUE, 2),
              new Slice.Range(3, 0, Integer.MAX_VALUE, 2)));

  static Architecture architecture(String name, String title, int units) {
    CifarResNet network = new CifarResNet(name, units);
    return new Architecture(
        name,
        title,
        List.of(3, 32, 32),
        10,
        "torch,resize=exact,crop=32",
        "arXiv 1512.03385",
        network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights);
    String x = layers.conv("conv1", layers.input(input), WIDTHS.get(0), Window2d.square(3, 1, 1));
    x = layers.relu("relu", layers.norm("bn1", x));
    for (int stage = 0; stage < WIDTHS.size(); stage++) {
      for (int unit = 0; unit < units; unit++) {
        int stride = stage > 0 && unit == 0 ? 2 : 1;
        x = unit(layers, "layer" + (stage + 1) + "." + unit, x, WIDTHS.get(stage), stride);
      }
    }
    x = layers.flatten("flatten", layers.averageOverPixels("avgpool", x));
    return layers.build(layers.dense("linear", x, classes));
  }

  private String unit(Layers layers, String name, String x, int width, int stride) {
    String y = layers.conv(name + ".conv1", x, width, Window2d.square(3, stride, 1));
    y = layers.relu(name + ".relu1", layers.norm(name + ".bn1", y));
    y = layers.conv(name + ".conv2", y, width, Window2d.square(3, 1, 1));
    y = layers.norm(name + ".bn2", y, branchScale());
    String shortcut = stride == 1 ? x : widened(layers, name + ".shortcut", x, width);
    return layers.relu(name + ".relu", layers.sum(name + ".add", y, shortcut));
  }

  /** Half the rows and columns, with channels of zeros around the others. */
  private static String widened(Layers layers, String name, String x, int width) {
    int before = (width - layers.channels(x)) / 2;
    int after = width - layers.channels(x) - before;
    Pad zeros = new Pad(Pad.Mode.CONSTANT, List.of(0, before, 0, 0, 0, after, 0, 0), 0);
    return layers.apply(name + ".pad", zeros, layers.apply(name + ".slice", SUBSAMPLED, x));
  }

  /** Keeps the sum over all untrained branches from growing with the depth. */
  private double branchScale() {
    return 1 / Math.sqrt(units * WIDTHS.size());
  }
}
