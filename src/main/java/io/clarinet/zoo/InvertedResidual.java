package io.clarinet.zoo;

import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Window2d;
import io.clarinet.zoo.BlockNames.Part;
import io.clarinet.zoo.BlockNames.Place;

/**
 * An inverted residual block (arXiv 1801.04381): a 1x1 convolution that expands, a depthwise one,
 * squeeze and excitation (arXiv 1709.01507) where there is, a 1x1 one that projects, and the
 * block's input added where it has the shape.
 *
 * @param expanded channels of the depthwise convolution; if the input has as many nothing expands
 *     it
 * @param squeezed channels between squeeze and excitation; 0 for none
 * @param activation behind the expanding and the depthwise convolution
 */
record InvertedResidual(
    int expanded, int out, int kernel, int stride, int squeezed, Activation activation) {

  /**
   * What all blocks of a network share.
   *
   * @param same whether windows are padded as TensorFlow does, or by half a kernel on every side
   * @param squeezed the activation between squeeze and excitation
   * @param gate the last one of the excitation
   * @param branchScale the mean of an untrained branch's last batch norm
   */
  record Style(
      BlockNames names, boolean same, Activation squeezed, Activation gate, double branchScale) {

    Window2d window(int kernel, int stride) {
      return same ? Window2d.same(kernel, stride) : Window2d.square(kernel, stride, kernel / 2);
    }
  }

  /**
   * @param stage of the network, from 0
   * @param unit in its stage, from 0
   * @param index in the network, from 0
   */
  String of(Layers layers, Style style, int stage, int unit, int index, String x) {
    boolean expands = layers.channels(x) != expanded;
    Place place = new Place(stage, unit, index, expands, squeezed > 0);
    String y = x;
    if (expands) {
      String name = style.names().convolution(place, Part.EXPAND);
      y = layers.conv(name, y, expanded, Window2d.square(1, 1, 0));
      y = activated(layers, name, layers.norm(style.names().norm(place, Part.EXPAND), y));
    }
    String name = style.names().convolution(place, Part.DEPTHWISE);
    y = layers.depthwise(name, y, style.window(kernel, stride));
    y = activated(layers, name, layers.norm(style.names().norm(place, Part.DEPTHWISE), y));
    y = squeezed > 0 ? excited(layers, style, place, y) : y;
    return projected(layers, style, place, y, x);
  }

  private String activated(Layers layers, String convolution, String x) {
    return activation.of(layers, convolution + ".activation", x);
  }

  private String excited(Layers layers, Style style, Place place, String x) {
    String squeeze = style.names().convolution(place, Part.SQUEEZE);
    String excite = style.names().convolution(place, Part.EXCITE);
    Window2d pixel = Window2d.square(1, 1, 0);
    String y = layers.apply(squeeze + ".average", GlobalPool2d.AVERAGE, x);
    y = layers.convWithBias(squeeze, y, squeezed, pixel);
    y = style.squeezed().of(layers, squeeze + ".activation", y);
    y = layers.convWithBias(excite, y, expanded, pixel);
    return layers.product(excite + ".scaled", x, style.gate().of(layers, excite + ".gate", y));
  }

  private String projected(Layers layers, Style style, Place place, String y, String shortcut) {
    String name = style.names().convolution(place, Part.PROJECT);
    boolean adds = stride == 1 && layers.channels(shortcut) == out;
    String norm = style.names().norm(place, Part.PROJECT);
    String z = layers.conv(name, y, out, Window2d.square(1, 1, 0));
    z = layers.norm(norm, z, adds ? style.branchScale() : 1);
    return adds ? layers.sum(name + ".add", z, shortcut) : z;
  }

  /** The multiple of 8 nearest to a number of channels, but not below nine tenths of it. */
  static int rounded(double channels) {
    int nearest = Math.max(8, (int) (channels + 4) / 8 * 8);
    return nearest < 0.9 * channels ? nearest + 8 : nearest;
  }
}
