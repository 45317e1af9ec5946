package io.clarinet.classify;

import io.clarinet.tensor.Tensor;

/**
 * The weights of the layer that makes scores.
 *
 * @param values by score and channel, or by channel and score
 * @param scores number of scores
 * @param channels number of channels
 * @param transposed whether a row holds one score's
 */
record ScoreWeights(Tensor values, int scores, int channels, boolean transposed) {

  double of(int score, int channel) {
    return values.doubleAt(
        transposed ? (long) score * channels + channel : (long) channel * scores + score);
  }
}
