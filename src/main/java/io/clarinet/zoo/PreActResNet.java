package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * Residual networks of arXiv 1603.05027: by default with full pre-activation and identity
 * shortcuts, a 1x1 convolution where the shape changes; and the paper's other activation orders and
 * shortcuts.
 *
 * @param stem the layers before the first unit
 * @param units residual units in each stage
 * @param bottleneck whether a unit is 1x1, 3x3, 1x1 convolutions, or two of 3x3
 * @param order where units normalise and rectify
 * @param shortcut the path that units add to their branch
 * @param shortcutScale the λ of {@link Shortcut#SCALING}, or what {@link Shortcut#DROPOUT} keeps in
 *     the mean; 0.5 in the paper
 */
public record PreActResNet(
    Stem stem,
    List<Integer> units,
    boolean bottleneck,
    ActivationOrder order,
    Shortcut shortcut,
    double shortcutScale) {

  /** The layers before the first unit. */
  public enum Stem {
    /** A 3x3 convolution; the first activation stands before the first unit splits. */
    SMALL(16),
    /** A 3x3 convolution; the first unit activates its branch only, as all others do. */
    SMALL_SPLIT_AT_ONCE(16),
    /** A 7x7 convolution of stride 2, batch norm, ReLU, and a 3x3 pooling of stride 2. */
    IMAGENET(64);

    private final int width;

    Stem(int width) {
      this.width = width;
    }
  }

  private static final String PAPER = "arXiv 1603.05027";

  public PreActResNet {
    units = List.copyOf(units);
  }

  /**
   * A network for small pictures, three stages of 16, 32 and 64 channels (four times that behind
   * bottlenecks).
   *
   * @param depth 6 units + 2, or 9 units + 2 with bottlenecks
   * @throws IllegalArgumentException if no number of units has this depth
   */
  public static PreActResNet small(int depth, boolean bottleneck) {
    int layers = bottleneck ? 9 : 6;
    if (depth < layers + 2 || (depth - 2) % layers != 0) {
      throw new IllegalArgumentException("depth " + depth + " is not " + layers + " units + 2");
    }
    int units = (depth - 2) / layers;
    return of(Stem.SMALL, List.of(units, units, units), bottleneck);
  }

  /** A network of bottlenecks for ImageNet's pictures. */
  public static PreActResNet imageNet(List<Integer> units) {
    return of(Stem.IMAGENET, units, true);
  }

  private static PreActResNet of(Stem stem, List<Integer> units, boolean bottleneck) {
    return new PreActResNet(
        stem, units, bottleneck, ActivationOrder.FULL_PRE_ACTIVATION, Shortcut.IDENTITY, 0.5);
  }

  public PreActResNet with(Stem other) {
    return new PreActResNet(other, units, bottleneck, order, shortcut, shortcutScale);
  }

  public PreActResNet with(ActivationOrder other) {
    return new PreActResNet(stem, units, bottleneck, other, shortcut, shortcutScale);
  }

  public PreActResNet with(Shortcut other) {
    return new PreActResNet(stem, units, bottleneck, order, other, shortcutScale);
  }

  public PreActResNet withShortcutScale(double scale) {
    return new PreActResNet(stem, units, bottleneck, order, shortcut, scale);
  }

  /** This network under a name, for CIFAR-10 or ImageNet according to its stem. */
  public Architecture architecture(String name, String title) {
    return stem == Stem.IMAGENET
        ? architecture(name, title, 224, 1000, "torch")
        : architecture(name, title, 32, 10, "torch,resize=exact,crop=32");
  }

  /**
   * This network under a name.
   *
   * @param side height and width of a picture
   * @param preprocess as {@link Architecture#preprocess}
   */
  public Architecture architecture(
      String name, String title, int side, int classes, String preprocess) {
    return new Architecture(
        name,
        title,
        List.of(3, side, side),
        classes,
        preprocess,
        PAPER,
        (weights, input, count) -> graph(new Layers(name, weights), input, count));
  }

  private Graph graph(Layers layers, List<Integer> input, int classes) {
    String x = stem(layers, layers.input(input));
    for (int stage = 0; stage < units.size(); stage++) {
      for (int unit = 0; unit < units.get(stage); unit++) {
        int stride = stage > 0 && unit == 0 ? 2 : 1;
        ResidualUnit.Position position =
            new ResidualUnit.Position(stage, unit, stem.width << stage, stride);
        x = new ResidualUnit(this, position, layers).apply(x);
      }
    }
    if (order == ActivationOrder.FULL_PRE_ACTIVATION) {
      x = layers.norm("bn", x);
    }
    x = order.preActivates() ? layers.relu("relu", x) : x;
    x = layers.flatten("flatten", layers.averageOverPixels("avgpool", x));
    return layers.build(layers.dense("fc", x, classes));
  }

  private String stem(Layers layers, String input) {
    if (stem == Stem.IMAGENET) {
      String x = layers.conv("conv1", input, stem.width, Window2d.square(7, 2, 3));
      x = layers.relu("relu1", layers.norm("bn1", x));
      return layers.apply("maxpool", Pool2d.max(Window2d.square(3, 2, 1)), x);
    }
    String x = layers.conv("conv1", input, stem.width, Window2d.square(3, 1, 1));
    if (order == ActivationOrder.FULL_PRE_ACTIVATION) {
      return x;
    }
    x = layers.norm("bn1", x);
    return order.preActivates() ? x : layers.relu("relu1", x);
  }

  /** Residual units in all stages. */
  int depth() {
    return units.stream().mapToInt(Integer::intValue).sum();
  }
}
