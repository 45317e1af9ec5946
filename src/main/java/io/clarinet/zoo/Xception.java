package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/** Xception (arXiv 1610.02357), named and built as Keras does. */
record Xception(String name) {
  private static final float EPSILON = 1e-3f;
  private static final int MIDDLE_BLOCKS = 8;

  /** Keeps the sum over all untrained branches from growing with the depth. */
  private static final double BRANCH_SCALE = 0.3;

  static Architecture architecture(String name, String title) {
    return new Architecture(
        name,
        title,
        List.of(3, 299, 299),
        1000,
        "tf,crop=299",
        "arXiv 1610.02357",
        new Xception(name)::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights, EPSILON);
    String x = conv(layers, 1, layers.input(input), 32, Window2d.square(3, 2, 0));
    x = conv(layers, 2, x, 64, Window2d.square(3, 1, 0));
    x = reducing(layers, 2, x, 128, 128);
    x = reducing(layers, 3, x, 256, 256);
    x = reducing(layers, 4, x, 728, 728);
    for (int block = 5; block < 5 + MIDDLE_BLOCKS; block++) {
      x = middle(layers, block, x);
    }
    x = reducing(layers, 13, x, 728, 1024);
    x = layers.relu("block14_sepconv1_act", separable(layers, "block14_sepconv1", x, 1536, 1));
    x = layers.relu("block14_sepconv2_act", separable(layers, "block14_sepconv2", x, 2048, 1));
    x = layers.flatten("flatten", layers.averageOverPixels("avg_pool", x));
    return layers.build(layers.softmax("prob", layers.dense("predictions", x, classes)));
  }

  private static String conv(Layers layers, int index, String x, int out, Window2d window) {
    String name = "block1_conv" + index;
    String y = layers.norm(name + "_bn", layers.conv(name, x, out, window));
    return layers.relu(name + "_act", y);
  }

  /** A block of half the rows and columns; the first reads what is rectified already. */
  private static String reducing(Layers layers, int block, String x, int first, int out) {
    String name = "block" + block;
    String y = block == 2 ? x : layers.relu(name + "_sepconv1_act", x);
    y = separable(layers, name + "_sepconv1", y, first, 1);
    y = layers.relu(name + "_sepconv2_act", y);
    y = separable(layers, name + "_sepconv2", y, out, 1);
    y = layers.apply(name + "_pool", Pool2d.max(Window2d.same(3, 2)), y);
    int index = block == 13 ? 4 : block - 1;
    String shortcut = layers.conv("conv2d_" + index, x, out, Window2d.same(1, 2));
    shortcut = layers.norm("batch_normalization_" + index, shortcut);
    return layers.sum("add_" + index, y, shortcut);
  }

  private static String middle(Layers layers, int block, String x) {
    String y = x;
    for (int i = 1; i <= 3; i++) {
      String name = "block" + block + "_sepconv" + i;
      y = layers.relu(name + "_act", y);
      y = separable(layers, name, y, 728, i == 3 ? BRANCH_SCALE : 1);
    }
    return layers.sum("block" + block + "_add", y, x);
  }

  private static String separable(Layers layers, String name, String x, int out, double scale) {
    String y = layers.separable(name, x, out, Window2d.square(3, 1, 1));
    return layers.norm(name + "_bn", y, scale);
  }
}
