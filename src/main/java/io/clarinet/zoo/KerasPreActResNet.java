package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pad;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * Pre-activation networks as Keras builds them (keras.applications.resnet_v2; arXiv 1603.05027):
 * strides stand in the last block of a stage, whose shortcut then subsamples, and the first and the
 * last convolution of a block and its projection have biases where no batch norm follows. Layers
 * have Keras's names, their weights the roles of {@link KerasResNet}'s.
 *
 * @param blocks in each of the four stages
 */
record KerasPreActResNet(String name, List<Integer> blocks) {
  private static final float EPSILON = 1.001e-5f;
  private static final Window2d PIXEL = Window2d.square(1, 1, 0);

  static Architecture architecture(String name, String title, List<Integer> blocks) {
    KerasPreActResNet network = new KerasPreActResNet(name, blocks);
    return new Architecture(
        name, title, List.of(3, 224, 224), 1000, "tf", "arXiv 1603.05027", network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights, EPSILON);
    String x = layers.convWithBias("conv1_conv", layers.input(input), 64, Window2d.square(7, 2, 3));
    x = layers.apply("pool1_pad", Pad.zeros(Padding.of(1, 1, 1, 1)), x);
    x = layers.apply("pool1_pool", Pool2d.max(Window2d.square(3, 2, 0)), x);
    for (int stage = 0; stage < blocks.size(); stage++) {
      int count = blocks.get(stage);
      for (int block = 1; block <= count; block++) {
        boolean strides = block == count && stage < blocks.size() - 1;
        String key = "conv" + (stage + 2) + "_block" + block;
        x = block(layers, key, x, 64 << stage, strides ? 2 : 1, block == 1);
      }
    }
    x = layers.relu("post_relu", layers.norm("post_bn", x));
    x = layers.flatten("flatten", layers.averageOverPixels("avg_pool", x));
    return layers.build(layers.softmax("prob", layers.dense("predictions", x, classes)));
  }

  private String block(
      Layers layers, String key, String x, int width, int stride, boolean projects) {
    String active = layers.relu(key + "_preact_relu", layers.norm(key + "_preact_bn", x));
    String y = layers.conv(key + "_1_conv", active, width, PIXEL);
    y = layers.relu(key + "_1_relu", layers.norm(key + "_1_bn", y));
    y = layers.conv(key + "_2_conv", y, width, Window2d.square(3, stride, 1));
    y = layers.relu(key + "_2_relu", layers.norm(key + "_2_bn", y, branchScale()));
    y = layers.convWithBias(key + "_3_conv", y, 4 * width, PIXEL);
    return layers.sum(key + "_out", y, shortcut(layers, key, x, active, width, stride, projects));
  }

  private static String shortcut(
      Layers layers, String key, String x, String active, int width, int stride, boolean projects) {
    Window2d window = Window2d.square(1, stride, 0);
    if (projects) {
      return layers.convWithBias(key + "_0_conv", active, 4 * width, window);
    }
    return stride == 1 ? x : layers.apply(key + "_subsample", Pool2d.max(window), x);
  }

  /** Keeps the sum over all untrained branches from growing with the depth. */
  private double branchScale() {
    return 1 / Math.sqrt(blocks.stream().mapToInt(Integer::intValue).sum());
  }
}
