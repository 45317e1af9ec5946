package io.clarinet.classify;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a network whose scores are weighted sums of features, each averaged over its plane. A
 * score is then the average of the same sums at each place: of its class activation map (arXiv
 * 1512.04150).
 */
public final class PooledHead {
  private final String features;
  private final int channelAxis;
  private final int scores;
  private final @Nullable ScoreWeights weights;
  private final double[] bias;

  /**
   * @param features name of the value that is averaged, of rank 4
   * @param channelAxis its axis that is kept
   * @param weights of the averages; null where they are the scores themselves
   * @param bias added to each score
   */
  PooledHead(String features, int channelAxis, @Nullable ScoreWeights weights, double[] bias) {
    this.features = features;
    this.channelAxis = channelAxis;
    this.scores = bias.length;
    this.weights = weights;
    this.bias = bias;
  }

  /**
   * The head of a graph's one output.
   *
   * @param dims of its one input, with every extent but the batch known
   * @throws ClassifierException saying what stands between scores and features, if it has no such
   */
  public static PooledHead of(Graph graph, List<Integer> dims) {
    if (graph.outputs().size() > 1) {
      throw HeadReader.several(graph);
    }
    return new PooledHeadReader(graph, dims).read();
  }

  /** The head of a graph with two outputs, scores and the features that they are made of. */
  public static Optional<PooledHead> beside(Graph graph, List<Integer> dims) {
    if (graph.outputs().size() != 2) {
      return Optional.empty();
    }
    try {
      PooledHead head = new PooledHeadReader(graph, dims).read();
      return Optional.of(head).filter(h -> h.features().equals(graph.outputs().get(1)));
    } catch (ClassifierException e) {
      return Optional.empty();
    }
  }

  /** Name of the features. */
  public String features() {
    return features;
  }

  /**
   * The map of a class, [height, width], for the first picture of a batch. Of a single score, which
   * is that of the second of two classes, the first one's is the negative.
   *
   * @param batch the features
   */
  public Tensor map(Tensor batch, int index) {
    Shape shape = batch.shape();
    boolean last = channelAxis == 3;
    Tensor map = Tensor.zeros(Shape.of(shape.dim(last ? 1 : 2), shape.dim(last ? 2 : 3)));
    int channels = shape.dim(channelAxis);
    int plane = (int) map.shape().size();
    float[] values = batch.as(ElementType.FLOAT32).toFloatArray();
    for (int i = 0; i < plane; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += weight(score(index), c) * values[last ? i * channels + c : c * plane + i];
      }
      map.set(i, sign(index) * sum);
    }
    return map;
  }

  private double weight(int score, int channel) {
    return weights == null ? (score == channel ? 1 : 0) : weights.of(score, channel);
  }

  /** The part of a class's score that is not its map's average. */
  public double bias(int index) {
    return sign(index) * bias[score(index)];
  }

  private int score(int index) {
    return scores == 1 ? 0 : index;
  }

  private int sign(int index) {
    return scores == 1 && index == 0 ? -1 : 1;
  }
}
