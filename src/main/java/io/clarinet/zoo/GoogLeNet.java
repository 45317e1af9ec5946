package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Concat;
import io.clarinet.op.Lrn;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * GoogLeNet (Inception v1, arXiv 1409.4842) without its auxiliary classifiers, named and built as
 * Caffe's bvlc_googlenet.
 */
record GoogLeNet(String name) {
  private static final Lrn NORM = new Lrn(5, 1e-4f, 0.75f, 1);
  private static final Window2d PIXEL = Window2d.square(1, 1, 0);

  /**
   * Output channels of an inception module's convolutions (the paper's table 1).
   *
   * @param stage the module's number, of which modules between two poolings share the first digit
   */
  private record Module(
      String stage, int one, int reduce3, int three, int reduce5, int five, int projected) {}

  private static final List<Module> MODULES =
      List.of(
          new Module("3a", 64, 96, 128, 16, 32, 32),
          new Module("3b", 128, 128, 192, 32, 96, 64),
          new Module("4a", 192, 96, 208, 16, 48, 64),
          new Module("4b", 160, 112, 224, 24, 64, 64),
          new Module("4c", 128, 128, 256, 24, 64, 64),
          new Module("4d", 112, 144, 288, 32, 64, 64),
          new Module("4e", 256, 160, 320, 32, 128, 128),
          new Module("5a", 256, 160, 320, 32, 128, 128),
          new Module("5b", 384, 192, 384, 48, 128, 128));

  static Architecture architecture(String name, String title) {
    GoogLeNet network = new GoogLeNet(name);
    return new Architecture(
        name, title, List.of(3, 224, 224), 1000, "caffe", "arXiv 1409.4842", network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights);
    String x = conv(layers, "conv1/7x7_s2", layers.input(input), 64, Window2d.square(7, 2, 3));
    x = layers.apply("pool1/norm1", NORM, halve(layers, 1, x));
    x = conv(layers, "conv2/3x3_reduce", x, 64, PIXEL);
    x = conv(layers, "conv2/3x3", x, 192, Window2d.square(3, 1, 1));
    x = layers.apply("conv2/norm2", NORM, x);
    char stage = '2';
    for (Module module : MODULES) {
      if (module.stage().charAt(0) != stage) {
        x = halve(layers, stage - '0', x);
        stage = module.stage().charAt(0);
      }
      x = inception(layers, module, x);
    }
    x = layers.flatten("flatten", layers.averageOverPixels("pool5/7x7_s1", x));
    return layers.build(layers.softmax("prob", layers.dense("loss3/classifier", x, classes)));
  }

  private static String inception(Layers layers, Module module, String x) {
    String prefix = "inception_" + module.stage() + "/";
    String one = conv(layers, prefix + "1x1", x, module.one(), PIXEL);
    String three = conv(layers, prefix + "3x3_reduce", x, module.reduce3(), PIXEL);
    three = conv(layers, prefix + "3x3", three, module.three(), Window2d.square(3, 1, 1));
    String five = conv(layers, prefix + "5x5_reduce", x, module.reduce5(), PIXEL);
    five = conv(layers, prefix + "5x5", five, module.five(), Window2d.square(5, 1, 2));
    String pool = layers.apply(prefix + "pool", Pool2d.max(Window2d.square(3, 1, 1)), x);
    pool = conv(layers, prefix + "pool_proj", pool, module.projected(), PIXEL);
    return layers.apply(prefix + "output", new Concat(1), one, three, five, pool);
  }

  private static String conv(Layers layers, String name, String x, int out, Window2d window) {
    return layers.relu(name + "_relu", layers.convWithBias(name, x, out, window));
  }

  private static String halve(Layers layers, int index, String x) {
    Window2d window = Window2d.square(3, 2, 0);
    String name = "pool" + index + "/3x3_s2";
    return layers.apply(name, new Pool2d(Pool2d.Kind.MAX, window, true, false), x);
  }
}
