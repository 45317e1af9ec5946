package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reshape;
import io.clarinet.op.Transpose;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * ShuffleNet v2 (arXiv 1807.11164), named and built as torchvision does: half of the channels pass
 * a unit as they are, and are mixed with the others behind it.
 *
 * @param widths channels of the three stages
 */
record ShuffleNet(String name, List<Integer> widths) {
  private static final List<Integer> UNITS = List.of(4, 8, 4);
  private static final int STEM = 24;
  private static final int LAST = 1024;
  private static final Window2d PIXEL = Window2d.square(1, 1, 0);

  static Architecture architecture(String name, String title, List<Integer> widths) {
    ShuffleNet network = new ShuffleNet(name, widths);
    return new Architecture(
        name, title, List.of(3, 224, 224), 1000, "torch", "arXiv 1807.11164", network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    Layers layers = new Layers(name, weights);
    String x = layers.conv("conv1.0", layers.input(input), STEM, Window2d.square(3, 2, 1));
    x = layers.relu("conv1.2", layers.norm("conv1.1", x));
    x = layers.apply("maxpool", Pool2d.max(Window2d.square(3, 2, 1)), x);
    for (int stage = 0; stage < UNITS.size(); stage++) {
      String prefix = "stage" + (stage + 2) + ".";
      x = halving(layers, prefix + "0", x, widths.get(stage) / 2);
      for (int unit = 1; unit < UNITS.get(stage); unit++) {
        x = keeping(layers, prefix + unit, x);
      }
    }
    x = activated(layers, "conv5.0", "conv5.1", layers.conv("conv5.0", x, LAST, PIXEL));
    x = layers.flatten("flatten", layers.averageOverPixels("mean", x));
    return layers.build(layers.dense("fc", x, classes));
  }

  /** A unit that halves the image, both of its branches over all channels. */
  private static String halving(Layers layers, String name, String x, int branch) {
    String left = name + ".branch1.";
    String y = layers.depthwise(left + "0", x, Window2d.square(3, 2, 1));
    y = layers.conv(left + "2", layers.norm(left + "1", y), branch, PIXEL);
    y = activated(layers, left + "2", left + "3", y);
    return shuffled(layers, name, y, branch(layers, name + ".branch2.", x, branch, 2));
  }

  private static String keeping(Layers layers, String name, String x) {
    List<String> halves = layers.split(name + ".chunk", x, 2);
    int branch = layers.channels(halves.get(1));
    String y = branch(layers, name + ".branch2.", halves.get(1), branch, 1);
    return shuffled(layers, name, halves.get(0), y);
  }

  private static String branch(Layers layers, String name, String x, int out, int stride) {
    String y = layers.conv(name + "0", x, out, PIXEL);
    y = activated(layers, name + "0", name + "1", y);
    y = layers.depthwise(name + "3", y, Window2d.square(3, stride, 1));
    y = layers.conv(name + "5", layers.norm(name + "4", y), out, PIXEL);
    return activated(layers, name + "5", name + "6", y);
  }

  private static String activated(Layers layers, String convolution, String norm, String x) {
    return layers.relu(convolution + ".activation", layers.norm(norm, x));
  }

  /** The channels of two values in turn. */
  private static String shuffled(Layers layers, String name, String a, String b) {
    String x = layers.concat(name + ".cat", a, b);
    Shape shape = layers.shape(x);
    long half = shape.c() / 2;
    String pairs = layers.apply(name + ".pairs", to(0, 2, half, shape.h(), shape.w()), x);
    pairs = layers.apply(name + ".shuffle", new Transpose(List.of(0, 2, 1, 3, 4)), pairs);
    return layers.apply(name + ".shuffled", to(0, 2 * half, shape.h(), shape.w()), pairs);
  }

  /** An extent of 0 is the value's own. */
  private static Reshape to(long... extents) {
    return new Reshape(new Reshape.Rule.To(Arrays.stream(extents).boxed().toList(), false));
  }
}
