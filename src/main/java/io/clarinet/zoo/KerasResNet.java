package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * ResNet-50 v1 as Keras builds it (arXiv 1512.03385; keras.applications.resnet50 up to 2.2): every
 * convolution has a bias, the first 1x1 of a convolution block has its stride, and the first
 * pooling does not pad. Layers have Keras's names: weights {@code res2a_branch2a.weight} and {@code
 * .bias}; gamma, beta and the moving statistics {@code bn2a_branch2a.weight}, {@code .bias}, {@code
 * .running_mean} and {@code .running_var}.
 *
 * @param poolsByTwo whether the last average pooling is over 2x2 pixels and what it leaves is
 *     flattened, or over all of them
 */
record KerasResNet(String name, boolean poolsByTwo) {
  private static final float EPSILON = 1e-3f;
  private static final String PAPER = "arXiv 1512.03385";

  /** Identity blocks after the convolution block of each stage. */
  private static final List<Integer> IDENTITY_BLOCKS = List.of(2, 3, 5, 2);

  /** Keeps the sum over all untrained branches from growing with the depth. */
  private static final double BRANCH_SCALE = 0.25;

  /** keras.applications' ImageNet network. */
  static Architecture imageNet(String name, String title) {
    KerasResNet network = new KerasResNet(name, false);
    return new Architecture(
        name, title, List.of(3, 224, 224), 1000, "keras-caffe", PAPER, network::graph);
  }

  /** The course network that reads the hand signs for 0 to 5. */
  static Architecture handSigns(String name, String title) {
    KerasResNet network = new KerasResNet(name, true);
    return new Architecture(
        name, title, List.of(3, 64, 64), 6, "none,range=1", PAPER, network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights, EPSILON);
    String x = layers.convWithBias("conv1", layers.input(input), 64, Window2d.square(7, 2, 3));
    x = layers.relu("conv1.relu", layers.norm("bn_conv1", x));
    x = layers.apply("pool1", Pool2d.max(Window2d.square(3, 2, 0)), x);
    for (int stage = 0; stage < IDENTITY_BLOCKS.size(); stage++) {
      for (int block = 0; block <= IDENTITY_BLOCKS.get(stage); block++) {
        String key = (stage + 2) + String.valueOf((char) ('a' + block));
        int stride = block == 0 && stage > 0 ? 2 : 1;
        x = block(layers, key, x, 64 << stage, block == 0, stride);
      }
    }
    x = pooled(layers, x);
    return layers.build(layers.softmax("prob", layers.dense("fc" + classes, x, classes)));
  }

  private String pooled(Layers layers, String x) {
    String y =
        poolsByTwo
            ? layers.apply("avg_pool", Pool2d.average(Window2d.square(2, 2, 0)), x)
            : layers.averageOverPixels("avg_pool", x);
    return layers.flattenChannelsLast("flatten", y);
  }

  private static String block(
      Layers layers, String key, String x, int width, boolean projects, int stride) {
    Window2d pixel = Window2d.square(1, 1, 0);
    Window2d strided = Window2d.square(1, stride, 0);
    String y = layers.relu(key + ".relu1", conv(layers, key, "2a", x, width, strided));
    y = conv(layers, key, "2b", y, width, Window2d.square(3, 1, 1));
    y = layers.relu(key + ".relu2", y);
    y = conv(layers, key, "2c", y, 4 * width, pixel);
    String shortcut = projects ? conv(layers, key, "1", x, 4 * width, strided) : x;
    return layers.relu(key + ".relu", layers.sum(key + ".add", y, shortcut));
  }

  private static String conv(
      Layers layers, String key, String branch, String x, int out, Window2d window) {
    String suffix = key + "_branch" + branch;
    String y = layers.convWithBias("res" + suffix, x, out, window);
    boolean last = branch.equals("2c");
    return layers.norm("bn" + suffix, y, last ? BRANCH_SCALE : 1);
  }
}
