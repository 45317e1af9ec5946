package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * Residual networks for ImageNet (arXiv 1512.03385), and those with 3x3 convolutions in groups
 * (ResNeXt, arXiv 1611.05431), named and built as torchvision does.
 *
 * @param blocks residual units in each of the four stages
 * @param bottleneck whether a unit is 1x1, 3x3, 1x1 convolutions, or two of 3x3
 * @param strideInFirst whether a downsampling bottleneck strides in its first convolution, as the
 *     paper has it (v1), or in its 3x3 one (v1.5)
 * @param groups of a bottleneck's 3x3 convolutions
 * @param groupWidth channels of a group in the first stage, 64 of a single one
 */
record ResNet(
    String name,
    List<Integer> blocks,
    boolean bottleneck,
    boolean strideInFirst,
    int groups,
    int groupWidth) {
  private static final int FIRST_WIDTH = 64;

  static Architecture architecture(
      String name, String title, List<Integer> blocks, boolean bottleneck, boolean strideInFirst) {
    return new ResNet(name, blocks, bottleneck, strideInFirst, 1, FIRST_WIDTH)
        .architecture(title, "arXiv 1512.03385");
  }

  static Architecture resNeXt(
      String name, String title, List<Integer> blocks, int groups, int groupWidth) {
    return new ResNet(name, blocks, true, false, groups, groupWidth)
        .architecture(title, "arXiv 1611.05431");
  }

  private Architecture architecture(String title, String paper) {
    return new Architecture(name, title, List.of(3, 224, 224), 1000, "torch", paper, this::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights);
    String x = layers.conv("conv1", layers.input(input), FIRST_WIDTH, Window2d.square(7, 2, 3));
    x = layers.relu("relu", layers.norm("bn1", x));
    x = layers.apply("maxpool", Pool2d.max(Window2d.square(3, 2, 1)), x);
    for (int stage = 0; stage < blocks.size(); stage++) {
      int width = FIRST_WIDTH << stage;
      for (int unit = 0; unit < blocks.get(stage); unit++) {
        int stride = stage > 0 && unit == 0 ? 2 : 1;
        x = unit(layers, "layer" + (stage + 1) + "." + unit, x, width, stride);
      }
    }
    x = layers.flatten("flatten", layers.averageOverPixels("avgpool", x));
    return layers.build(layers.dense("fc", x, classes));
  }

  private String unit(Layers layers, String name, String x, int width, int stride) {
    int out = expansion() * width;
    String shortcut = x;
    if (stride != 1 || layers.channels(x) != out) {
      String down = name + ".downsample.";
      shortcut = layers.conv(down + "0", x, out, Window2d.square(1, stride, 0));
      shortcut = layers.norm(down + "1", shortcut);
    }
    String branch =
        bottleneck
            ? bottleneck(layers, name, x, width, stride)
            : basic(layers, name, x, width, stride);
    return layers.relu(name + ".relu", layers.sum(name + ".add", branch, shortcut));
  }

  private String basic(Layers layers, String name, String x, int width, int stride) {
    String y = layers.conv(name + ".conv1", x, width, Window2d.square(3, stride, 1));
    y = layers.relu(name + ".relu1", layers.norm(name + ".bn1", y));
    y = layers.conv(name + ".conv2", y, width, Window2d.square(3, 1, 1));
    return layers.norm(name + ".bn2", y, branchScale());
  }

  private String bottleneck(Layers layers, String name, String x, int width, int stride) {
    int first = strideInFirst ? stride : 1;
    int second = strideInFirst ? 1 : stride;
    int inner = width * groupWidth * groups / FIRST_WIDTH;
    String y = layers.conv(name + ".conv1", x, inner, Window2d.square(1, first, 0));
    y = layers.relu(name + ".relu1", layers.norm(name + ".bn1", y));
    y = layers.conv(name + ".conv2", y, inner, Window2d.square(3, second, 1), groups, false);
    y = layers.relu(name + ".relu2", layers.norm(name + ".bn2", y));
    y = layers.conv(name + ".conv3", y, 4 * width, Window2d.square(1, 1, 0));
    return layers.norm(name + ".bn3", y, branchScale());
  }

  private int expansion() {
    return bottleneck ? 4 : 1;
  }

  /** Keeps the sum over all untrained branches from growing with the depth. */
  private double branchScale() {
    return 1 / Math.sqrt(blocks.stream().mapToInt(Integer::intValue).sum());
  }
}
