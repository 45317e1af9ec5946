package io.clarinet.zoo;

import io.clarinet.op.Window2d;
import java.util.List;

/**
 * What networks of inverted residual blocks have up to their last image: a convolution that halves
 * it, stages of blocks, and a 1x1 convolution.
 *
 * @param activation behind the first and the last convolution
 */
record MobileTrunk(Names names, InvertedResidual.Style style, Activation activation) {

  /** The names that a library has for the layers around the blocks. */
  record Names(String first, String firstNorm, String last, String lastNorm, String classifier) {}

  /**
   * @param first channels of the first convolution
   * @param last channels of the last one
   */
  String of(Layers layers, String x, int first, List<List<InvertedResidual>> stages, int last) {
    String y = layers.conv(names.first(), x, first, style.window(3, 2));
    y = activated(layers, names.first(), layers.norm(names.firstNorm(), y));
    int index = 0;
    for (int stage = 0; stage < stages.size(); stage++) {
      for (int unit = 0; unit < stages.get(stage).size(); unit++) {
        y = stages.get(stage).get(unit).of(layers, style, stage, unit, index++, y);
      }
    }
    y = layers.conv(names.last(), y, last, Window2d.square(1, 1, 0));
    return activated(layers, names.last(), layers.norm(names.lastNorm(), y));
  }

  private String activated(Layers layers, String convolution, String x) {
    return activation.of(layers, convolution + ".activation", x);
  }
}
