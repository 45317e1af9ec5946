package io.clarinet;

import io.clarinet.image.HeatOverlay;
import io.clarinet.image.Picture;
import io.clarinet.image.PictureArea;
import io.clarinet.tensor.Tensor;

/**
 * The evidence for a class, place by place: its class activation map (Zhou et al., "Learning deep
 * features for discriminative localization", arXiv 1512.04150). The mean of the values and the bias
 * together are the class's score before any softmax or sigmoid.
 *
 * @param prediction the class
 * @param values [height, width] of the network's last features: positive where the picture speaks
 *     for the class, negative where it speaks against it
 * @param bias the part of the score that no place of the picture has to do with
 * @param picture the picture
 * @param area the part of the picture that the network saw, over which the values are spread
 */
public record HeatMap(
    Prediction prediction, Tensor values, double bias, Picture picture, PictureArea area) {

  /** The class's score: the mean of the values, and the bias. */
  public double score() {
    double sum = 0;
    for (long i = 0; i < values.shape().size(); i++) {
      sum += values.doubleAt(i);
    }
    return sum / values.shape().size() + bias;
  }

  /**
   * The picture in grey with what speaks for the class drawn over it, from violet to yellow, the
   * strongest place the least transparent.
   */
  public Picture overlay() {
    return HeatOverlay.of(picture, area, values);
  }
}
