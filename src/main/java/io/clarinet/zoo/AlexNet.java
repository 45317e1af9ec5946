package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Lrn;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * AlexNet in two columns, as groups of its convolutions, with local response normalisation and
 * overlapping pooling, layers named as Caffe names them.
 *
 * @param order which of normalisation and pooling comes first
 */
record AlexNet(String name, Order order) {
  private static final String PAPER = "Krizhevsky, Sutskever, Hinton, NIPS 2012";

  /** Order of normalisation and pooling behind a convolution, and their constants. */
  enum Order {
    /** The paper's, with its section 3.3's k = 2 and α = 1e-4 of the sum, not of its mean. */
    NORM_THEN_POOL(new Lrn(5, 5e-4f, 0.75f, 2)),
    /** CaffeNet's (bvlc_reference_caffenet), with Caffe's k = 1 and α = 1e-4 of the mean. */
    POOL_THEN_NORM(new Lrn(5, 1e-4f, 0.75f, 1));

    private final Lrn norm;

    Order(Lrn norm) {
      this.norm = norm;
    }
  }

  static Architecture architecture(String name, String title, Order order) {
    AlexNet network = new AlexNet(name, order);
    return new Architecture(
        name, title, List.of(3, 227, 227), 1000, "caffe", PAPER, network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights);
    String x = layers.input(input);
    x = reduce(layers, 1, conv(layers, 1, x, 96, new Window(11, 4, 0), 1));
    x = reduce(layers, 2, conv(layers, 2, x, 256, new Window(5, 1, 2), 2));
    x = conv(layers, 3, x, 384, new Window(3, 1, 1), 1);
    x = conv(layers, 4, x, 384, new Window(3, 1, 1), 2);
    x = pool(layers, 5, conv(layers, 5, x, 256, new Window(3, 1, 1), 2));
    x = layers.flatten("flatten", x);
    x = layers.relu("relu6", layers.dense("fc6", x, 4096));
    x = layers.relu("relu7", layers.dense("fc7", x, 4096));
    return layers.build(layers.softmax("prob", layers.dense("fc8", x, classes)));
  }

  private record Window(int kernel, int stride, int pad) {}

  private static String conv(
      Layers layers, int index, String x, int out, Window window, int groups) {
    Window2d square = Window2d.square(window.kernel(), window.stride(), window.pad());
    return layers.relu("relu" + index, layers.conv("conv" + index, x, out, square, groups, true));
  }

  private String reduce(Layers layers, int index, String x) {
    String norm = "norm" + index;
    return order == Order.NORM_THEN_POOL
        ? pool(layers, index, layers.apply(norm, order.norm, x))
        : layers.apply(norm, order.norm, pool(layers, index, x));
  }

  private static String pool(Layers layers, int index, String x) {
    return layers.apply("pool" + index, Pool2d.max(Window2d.square(3, 2, 0)), x);
  }
}
