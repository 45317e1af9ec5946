package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Padding;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * MobileNet v1 of width 1 (arXiv 1704.04861), named and built as Keras does: a strided depthwise
 * convolution pads by a row and a column behind the image.
 */
record KerasMobileNet(String name) {
  private static final float EPSILON = 1e-3f;

  /** Channels behind each depthwise separable convolution; where they double it strides. */
  private static final List<Integer> WIDTHS =
      List.of(64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024);

  static Architecture architecture(String name, String title) {
    KerasMobileNet network = new KerasMobileNet(name);
    return new Architecture(
        name, title, List.of(3, 224, 224), 1000, "tf", "arXiv 1704.04861", network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights, EPSILON);
    String x = layers.conv("conv1", layers.input(input), 32, Window2d.same(3, 2));
    x = activated(layers, "conv1", x);
    for (int block = 1; block <= WIDTHS.size(); block++) {
      int width = WIDTHS.get(block - 1);
      boolean strides = block > 1 && width != WIDTHS.get(block - 2);
      x = layers.depthwise("conv_dw_" + block, x, window(strides));
      x = activated(layers, "conv_dw_" + block, x);
      x = layers.conv("conv_pw_" + block, x, width, Window2d.square(1, 1, 0));
      x = activated(layers, "conv_pw_" + block, x);
    }
    x = layers.flatten("flatten", layers.averageOverPixels("avg_pool", x));
    return layers.build(layers.softmax("prob", layers.dense("conv_preds", x, classes)));
  }

  private static Window2d window(boolean strides) {
    return strides
        ? new Window2d(3, 3, 2, 2, 1, 1, Padding.of(0, 0, 1, 1))
        : Window2d.square(3, 1, 1);
  }

  private static String activated(Layers layers, String convolution, String x) {
    String normed = layers.norm(convolution + "_bn", x);
    return Activation.RELU6.of(layers, convolution + "_relu", normed);
  }
}
