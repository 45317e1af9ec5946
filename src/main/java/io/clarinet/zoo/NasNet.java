package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pad;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * NASNet-A (arXiv 1707.07012), named and built as Keras does.
 *
 * @param filters of the first normal cells; each reduction doubles them
 * @param cells normal cells of each of the three stages
 * @param stem channels of the first convolution
 * @param skips whether the cell behind a reduction reads what the reduction's predecessor read
 */
record NasNet(String name, int filters, int cells, int stem, boolean skips) {
  private static final float EPSILON = 1e-3f;
  private static final Window2d PIXEL = Window2d.square(1, 1, 0);

  /** Keeps the sums of untrained branches from growing with the cells. */
  private static final double BRANCH_SCALE = 0.6;

  private static final Pool2d AVERAGE = Pool2d.average(Window2d.square(3, 1, 1));

  static Architecture mobile(String name, String title) {
    return architecture(name, title, 224, new NasNet(name, 44, 4, 32, false));
  }

  static Architecture large(String name, String title) {
    return architecture(name, title, 331, new NasNet(name, 168, 6, 96, true));
  }

  private static Architecture architecture(String name, String title, int side, NasNet network) {
    return new Architecture(
        name,
        title,
        List.of(3, side, side),
        1000,
        "tf,crop=" + side,
        "arXiv 1707.07012",
        network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights, EPSILON);
    String x = layers.conv("stem_conv1", layers.input(input), stem, Window2d.square(3, 2, 0));
    Pair pair = new Pair(layers.norm("stem_bn1", x), null);
    pair = reduction(layers, pair, filters / 4, "stem_1");
    pair = reduction(layers, pair, filters / 2, "stem_2");
    for (int stage = 0; stage < 3; stage++) {
      if (stage > 0) {
        Pair reduced = reduction(layers, pair, filters << stage, "reduce_" + stage * cells);
        pair = skips ? new Pair(reduced.x(), pair.previous()) : reduced;
      }
      for (int cell = 0; cell < cells; cell++) {
        int index = stage * cells + cell + Math.min(stage, 1);
        pair = normal(layers, pair, filters << stage, String.valueOf(index));
      }
    }
    x = layers.relu("relu", pair.x());
    x = layers.flatten("flatten", layers.averageOverPixels("avg_pool", x));
    return layers.build(layers.softmax("prob", layers.dense("predictions", x, classes)));
  }

  /**
   * What a cell reads.
   *
   * @param x the output of the cell before it
   * @param previous the output of the one before that; null before the first cell
   */
  private record Pair(String x, @Nullable String previous) {}

  private static Pair normal(Layers layers, Pair pair, int filters, String id) {
    String p = adjusted(layers, pair, filters, id);
    String h = projected(layers, "normal", pair.x(), filters, id);
    String add = "normal_add_";
    String one =
        layers.sum(
            add + "1_" + id,
            separable(layers, h, filters, Window2d.square(5, 1, 2), "normal_left1_" + id),
            separable(layers, p, filters, Window2d.square(3, 1, 1), "normal_right1_" + id));
    String two =
        layers.sum(
            add + "2_" + id,
            separable(layers, p, filters, Window2d.square(5, 1, 2), "normal_left2_" + id),
            separable(layers, p, filters, Window2d.square(3, 1, 1), "normal_right2_" + id));
    String three = layers.sum(add + "3_" + id, layers.apply("normal_left3_" + id, AVERAGE, h), p);
    String pooled = layers.apply("normal_left4_" + id, AVERAGE, p);
    String four = layers.sum(add + "4_" + id, pooled, pooled);
    Window2d window = Window2d.square(3, 1, 1);
    String five = separable(layers, h, filters, window, "normal_left5_" + id);
    five = layers.sum(add + "5_" + id, five, h);
    String all = layers.concat("normal_concat_" + id, p, one, two, three, four, five);
    return new Pair(all, pair.x());
  }

  private static Pair reduction(Layers layers, Pair pair, int filters, String id) {
    String p = adjusted(layers, pair, filters, id);
    String h = projected(layers, "reduction", pair.x(), filters, id);
    String padded = padded(layers, "reduction_pad_1_" + id, h);
    Window2d halving = Window2d.square(3, 2, 0);
    String one =
        layers.sum(
            "reduction_add_1_" + id,
            separable(layers, h, filters, Window2d.same(5, 2), "reduction_left1_" + id),
            separable(layers, p, filters, Window2d.same(7, 2), "reduction_right1_" + id));
    String two =
        layers.sum(
            "reduction_add_2_" + id,
            layers.apply("reduction_left2_" + id, Pool2d.max(halving), padded),
            separable(layers, p, filters, Window2d.same(7, 2), "reduction_right2_" + id));
    String three =
        layers.sum(
            "reduction_add3_" + id,
            layers.apply("reduction_left3_" + id, Pool2d.average(halving), padded),
            separable(layers, p, filters, Window2d.same(5, 2), "reduction_right3_" + id));
    String pooled = layers.apply("reduction_left4_" + id, AVERAGE, one);
    String four = layers.sum("reduction_add_4_" + id, two, pooled);
    Window2d window = Window2d.square(3, 1, 1);
    String five =
        layers.sum(
            "reduction_add4_" + id,
            separable(layers, one, filters, window, "reduction_left4_" + id),
            layers.apply("reduction_right5_" + id, Pool2d.max(halving), padded));
    String all = layers.concat("reduction_concat_" + id, two, three, four, five);
    return new Pair(all, pair.x());
  }

  /** The zeros that TensorFlow puts around an image to halve it, which count in what is pooled. */
  private static String padded(Layers layers, String name, String x) {
    Window2d window = Window2d.same(3, 2).resolved(layers.shape(x).h(), layers.shape(x).w());
    return layers.apply(name, Pad.zeros(window.padding()), x);
  }

  private static String projected(Layers layers, String cell, String x, int filters, String id) {
    String active = layers.relu(cell + "_relu_" + id, x);
    String y = layers.conv(cell + "_conv_1_" + id, active, filters, PIXEL);
    return layers.norm(cell + "_bn_1_" + id, y);
  }

  /** The cell before the last one's output, with the extents and channels of this cell. */
  private static String adjusted(Layers layers, Pair pair, int filters, String id) {
    String p = pair.previous();
    if (p == null) {
      return pair.x();
    }
    if (layers.shape(p).w() != layers.shape(pair.x()).w()) {
      return halved(layers, layers.relu("adjust_relu_1_" + id, p), filters, id);
    }
    if (layers.channels(p) == filters) {
      return p;
    }
    String active = layers.relu("adjust_relu_" + id, p);
    String y = layers.conv("adjust_conv_projection_" + id, active, filters, PIXEL);
    return layers.norm("adjust_bn_" + id, y);
  }

  /** Half the channels from the even rows and columns, the others from the odd ones. */
  private static String halved(Layers layers, String x, int filters, String id) {
    Window2d every = Window2d.square(1, 2, 0);
    String even = layers.conv("adjust_conv_1_" + id, x, filters / 2, every);
    Pad shift = new Pad(Pad.Mode.CONSTANT, List.of(0, 0, -1, -1, 0, 0, 1, 1), 0);
    String shifted = layers.apply("adjust_shift_" + id, shift, x);
    String odd = layers.conv("adjust_conv_2_" + id, shifted, filters / 2, every);
    return layers.norm("adjust_bn_" + id, layers.concat("adjust_concat_" + id, even, odd));
  }

  /** Twice rectified, convolved and normalised; the first convolution strides. */
  private static String separable(
      Layers layers, String x, int filters, Window2d window, String id) {
    int kernel = window.kernelH();
    String y = layers.relu("separable_relu_1_" + id, x);
    y = layers.separable("separable_conv_1_" + id, y, filters, window);
    y = layers.relu("separable_relu_2_" + id, layers.norm("separable_conv_1_bn_" + id, y));
    Window2d second = Window2d.square(kernel, 1, kernel / 2);
    y = layers.separable("separable_conv_2_" + id, y, filters, second);
    return layers.norm("separable_conv_2_bn_" + id, y, BRANCH_SCALE);
  }
}
