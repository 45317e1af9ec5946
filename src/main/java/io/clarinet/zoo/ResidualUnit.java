package io.clarinet.zoo;

import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import java.util.List;

/** One residual unit of a pre-activation network in the making. */
final class ResidualUnit {
  private static final Binary MULTIPLY = new Binary(Binary.Kind.MUL, null);
  private static final Binary SUBTRACT = new Binary(Binary.Kind.SUB, null);
  private static final Unary SIGMOID = new Unary(Unary.Kind.SIGMOID, 0, 0);

  private final PreActResNet network;
  private final ActivationOrder order;
  private final Position position;
  private final Layers layers;
  private final String name;

  /**
   * Where a unit stands.
   *
   * @param stage counted from 0
   * @param index within its stage, counted from 0
   * @param width channels of its 3x3 convolutions
   * @param stride of the first of them
   */
  record Position(int stage, int index, int width, int stride) {

    boolean isFirst() {
      return stage == 0 && index == 0;
    }
  }

  /** A convolution of the branch. */
  private record Branch(int out, Window2d window) {}

  ResidualUnit(PreActResNet network, Position position, Layers layers) {
    this.network = network;
    this.order = network.order();
    this.position = position;
    this.layers = layers;
    this.name = "layer" + (position.stage() + 1) + "." + position.index();
  }

  /** Adds the unit's layers behind {@code x}. */
  String apply(String x) {
    String active = activated(x);
    String y = joined(shortcut(x, active), branch(active), active);
    return switch (order) {
      case ORIGINAL -> layers.relu(name + ".relu", y);
      case NORM_AFTER_ADDITION -> layers.relu(name + ".relu", layers.norm(name + ".bn", y));
      default -> y;
    };
  }

  private String activated(String x) {
    boolean already = position.isFirst() && network.stem() == PreActResNet.Stem.IMAGENET;
    if (!order.preActivates() || already) {
      return x;
    }
    boolean norms = order == ActivationOrder.FULL_PRE_ACTIVATION;
    return layers.relu(name + ".relu1", norms ? layers.norm(name + ".bn1", x) : x);
  }

  private List<Branch> convolutions() {
    int width = position.width();
    int stride = position.stride();
    Window2d pixel = Window2d.square(1, 1, 0);
    Window2d plain = Window2d.square(3, 1, 1);
    Window2d strided = Window2d.square(3, stride, 1);
    return network.bottleneck()
        ? List.of(new Branch(width, pixel), new Branch(width, strided), new Branch(out(), pixel))
        : List.of(new Branch(width, strided), new Branch(width, plain));
  }

  private int out() {
    return network.bottleneck() ? 4 * position.width() : position.width();
  }

  private String branch(String active) {
    List<Branch> convolutions = convolutions();
    int last = convolutions.size();
    String y = active;
    for (int i = 1; i <= last; i++) {
      Branch convolution = convolutions.get(i - 1);
      y = layers.conv(name + ".conv" + i, y, convolution.out(), convolution.window());
      boolean scaled = i == (order.normsBranch() ? last : last - 1);
      if (i < last || order.normsBranch()) {
        y = layers.norm(name + ".bn" + behind(i), y, scaled ? branchScale() : 1);
      }
      if (i < last || order == ActivationOrder.RELU_BEFORE_ADDITION) {
        y = layers.relu(name + ".relu" + (order.preActivates() ? i + 1 : i), y);
      }
    }
    return y;
  }

  /** Number of the batch norm behind a convolution: with full pre-activation one stands before. */
  private int behind(int convolution) {
    return order == ActivationOrder.FULL_PRE_ACTIVATION ? convolution + 1 : convolution;
  }

  /** Keeps the sum over all untrained branches from growing with the depth. */
  private double branchScale() {
    return 1 / Math.sqrt(network.depth());
  }

  private String shortcut(String x, String active) {
    boolean changes = position.stride() != 1 || layers.channels(x) != out();
    if (!changes && network.shortcut() != Shortcut.CONVOLUTION) {
      boolean late = position.isFirst() && network.stem() == PreActResNet.Stem.SMALL;
      return late ? active : x;
    }
    Window2d window = Window2d.square(1, position.stride(), 0);
    String projected =
        order.projectsRectified()
            ? layers.conv(name + ".shortcut", active, out(), window)
            : layers.mix(name + ".shortcut", active, out(), window);
    return order.normsBranch() ? layers.norm(name + ".shortcut_bn", projected) : projected;
  }

  private String joined(String shortcut, String branch, String active) {
    double kept = network.shortcutScale();
    return switch (network.shortcut()) {
      case IDENTITY, CONVOLUTION -> add(branch, shortcut);
      case DROPOUT -> add(branch, scaled("shortcut", shortcut, kept));
      case SCALING -> add(scaled("branch", branch, 1 - kept), scaled("shortcut", shortcut, kept));
      case SHORTCUT_GATING -> {
        String closed = layers.apply(name + ".gated", MULTIPLY, shortcut, gate(active));
        yield add(branch, layers.apply(name + ".kept", SUBTRACT, shortcut, closed));
      }
      case EXCLUSIVE_GATING -> {
        String change = layers.apply(name + ".change", SUBTRACT, branch, shortcut);
        yield add(layers.apply(name + ".gated", MULTIPLY, change, gate(active)), shortcut);
      }
    };
  }

  private String add(String branch, String shortcut) {
    return layers.sum(name + ".add", branch, shortcut);
  }

  private String scaled(String what, String x, double factor) {
    return layers.scale(name + "." + what + "_scaled", x, factor);
  }

  /** The gate g, by a 1x1 convolution of what the branch reads. */
  private String gate(String active) {
    Window2d window = Window2d.square(1, position.stride(), 0);
    String z = layers.convWithBias(name + ".gate", active, out(), window);
    return layers.apply(name + ".sigmoid", SIGMOID, z);
  }
}
