package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * Inception v3 (arXiv 1512.00567) without its auxiliary classifier.
 *
 * @param keras whether layers are named as Keras does, by the order in which it makes them, and
 *     averages divide by the pixels inside of the image only; else torchvision's and timm's
 */
record InceptionV3(String name, boolean keras) {
  private static final float EPSILON = 1e-3f;

  static Architecture ofTorchvision() {
    return architecture(
        "inception_v3",
        "Inception v3, torchvision's",
        "torch,resize=342,crop=299,mean=0.5,std=0.5",
        false);
  }

  static Architecture ofKeras() {
    return architecture("keras_inceptionv3", "Inception v3, Keras's", "tf,crop=299", true);
  }

  private static Architecture architecture(
      String name, String title, String preprocess, boolean keras) {
    InceptionV3 network = new InceptionV3(name, keras);
    return new Architecture(
        name, title, List.of(3, 299, 299), 1000, preprocess, "arXiv 1512.00567", network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights, EPSILON);
    String x = new Modules(layers).of(layers.input(input));
    x = layers.flatten("flatten", layers.averageOverPixels("avg_pool", x));
    return layers.build(
        keras
            ? layers.softmax("prob", layers.dense("predictions", x, classes))
            : layers.dense("fc", x, classes));
  }

  /** The modules, in the order in which Keras numbers their convolutions. */
  private final class Modules {
    private final Layers layers;
    private int count;

    private Modules(Layers layers) {
      this.layers = layers;
    }

    private String of(String input) {
      String x = conv("Conv2d_1a_3x3", input, 32, Window2d.square(3, 2, 0));
      x = conv("Conv2d_2a_3x3", x, 32, Window2d.square(3, 1, 0));
      x = conv("Conv2d_2b_3x3", x, 64, Window2d.square(3, 1, 1));
      x = conv("Conv2d_3b_1x1", halved("maxpool1", x), 80, Window2d.square(1, 1, 0));
      x = conv("Conv2d_4a_3x3", x, 192, Window2d.square(3, 1, 0));
      x = a("Mixed_5b.", halved("maxpool2", x), 32);
      x = a("Mixed_5d.", a("Mixed_5c.", x, 64), 64);
      x = c("Mixed_6b.", b("Mixed_6a.", x), 128);
      x = c("Mixed_6d.", c("Mixed_6c.", x, 160), 160);
      x = d("Mixed_7a.", c("Mixed_6e.", x, 192));
      return e("Mixed_7c.", e("Mixed_7b.", x));
    }

    /** Figure 5, with one 5x5 convolution left. */
    private String a(String name, String x, int pooled) {
      String one = conv(name + "branch1x1", x, 64, 1, 1);
      String five = conv(name + "branch5x5_1", x, 48, 1, 1);
      five = conv(name + "branch5x5_2", five, 64, 5, 5);
      String three = twice(name, x, 64, 96);
      three = conv(name + "branch3x3dbl_3", three, 96, 3, 3);
      return layers.concat(name + "concat", one, five, three, pooled(name, x, pooled));
    }

    /** Figure 10: half the rows and columns. */
    private String b(String name, String x) {
      String once = conv(name + "branch3x3", x, 384, Window2d.square(3, 2, 0));
      String three = twice(name, x, 64, 96);
      three = conv(name + "branch3x3dbl_3", three, 96, Window2d.square(3, 2, 0));
      return layers.concat(name + "concat", once, three, halved(name + "maxpool", x));
    }

    /** Figure 6 with n = 7. */
    private String c(String name, String x, int width) {
      String one = conv(name + "branch1x1", x, 192, 1, 1);
      String seven = conv(name + "branch7x7_1", x, width, 1, 1);
      seven = conv(name + "branch7x7_2", seven, width, 1, 7);
      seven = conv(name + "branch7x7_3", seven, 192, 7, 1);
      String twice = conv(name + "branch7x7dbl_1", x, width, 1, 1);
      twice = conv(name + "branch7x7dbl_2", twice, width, 7, 1);
      twice = conv(name + "branch7x7dbl_3", twice, width, 1, 7);
      twice = conv(name + "branch7x7dbl_4", twice, width, 7, 1);
      twice = conv(name + "branch7x7dbl_5", twice, 192, 1, 7);
      return layers.concat(name + "concat", one, seven, twice, pooled(name, x, 192));
    }

    /** Half the rows and columns of the second grid. */
    private String d(String name, String x) {
      String three = conv(name + "branch3x3_1", x, 192, 1, 1);
      three = conv(name + "branch3x3_2", three, 320, Window2d.square(3, 2, 0));
      String seven = conv(name + "branch7x7x3_1", x, 192, 1, 1);
      seven = conv(name + "branch7x7x3_2", seven, 192, 1, 7);
      seven = conv(name + "branch7x7x3_3", seven, 192, 7, 1);
      seven = conv(name + "branch7x7x3_4", seven, 192, Window2d.square(3, 2, 0));
      return layers.concat(name + "concat", three, seven, halved(name + "maxpool", x));
    }

    /** Figure 7. */
    private String e(String name, String x) {
      String one = conv(name + "branch1x1", x, 320, 1, 1);
      String three = conv(name + "branch3x3_1", x, 384, 1, 1);
      three = split(name + "branch3x3_2", three);
      String twice = split(name + "branch3x3dbl_3", twice(name, x, 448, 384));
      return layers.concat(name + "concat", one, three, twice, pooled(name, x, 192));
    }

    private String split(String name, String x) {
      String wide = conv(name + "a", x, 384, 1, 3);
      return layers.concat(name, wide, conv(name + "b", x, 384, 3, 1));
    }

    private String twice(String name, String x, int first, int second) {
      String y = conv(name + "branch3x3dbl_1", x, first, 1, 1);
      return conv(name + "branch3x3dbl_2", y, second, 3, 3);
    }

    private String pooled(String name, String x, int width) {
      Window2d window = Window2d.square(3, 1, 1);
      Pool2d average = new Pool2d(Pool2d.Kind.AVERAGE, window, false, !keras);
      return conv(name + "branch_pool", layers.apply(name + "avgpool", average, x), width, 1, 1);
    }

    private String halved(String name, String x) {
      return layers.apply(name, Pool2d.max(Window2d.square(3, 2, 0)), x);
    }

    private String conv(String name, String x, int out, int rows, int columns) {
      Padding half = Padding.of(rows / 2, columns / 2, rows / 2, columns / 2);
      return conv(name, x, out, new Window2d(rows, columns, 1, 1, 1, 1, half));
    }

    private String conv(String name, String x, int out, Window2d window) {
      count++;
      if (keras) {
        String y = layers.conv("conv2d_" + count, x, out, window);
        y = layers.normWithoutScale("batch_normalization_" + count, y);
        return layers.relu("activation_" + count, y);
      }
      String y = layers.norm(name + ".bn", layers.conv(name + ".conv", x, out, window));
      return layers.relu(name + ".relu", y);
    }
  }
}
