package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation with stored statistics (arXiv 1502.03167): y = scale · (x − mean) /
 * √(variance + epsilon) + shift, per channel, then an activation.
 *
 * <p>Inputs: x [n, c, …], scale [c], shift [c], mean [c], variance [c]. Output: x's shape.
 */
public record BatchNorm(float epsilon, @Nullable Unary activation) implements Op, FusedActivation {

  @Override
  public BatchNorm with(Unary function) {
    return new BatchNorm(epsilon, function);
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact.requireFloat32(inputs);
    Shape x = inputs.get(0).shape();
    if (x.rank() < 2) {
      throw new IllegalArgumentException("input " + x + " has no channels");
    }
    for (Fact perChannel : inputs.subList(1, 5)) {
      if (perChannel.shape().size() != x.c()) {
        throw new IllegalArgumentException(
            "statistics " + perChannel.shape() + " for " + x.c() + " channels");
      }
    }
    return List.of(Fact.of(x));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    long plane = x.shape().size(2, x.shape().rank());
    List<Tensor> statistics = inputs.subList(1, 5);
    for (long i = 0; i < x.shape().size(); i++) {
      long c = i / plane % x.shape().c();
      double v = x.doubleAt(i) * factor(statistics, c) + offset(statistics, c);
      outputs.get(0).set(i, activate(v));
    }
  }

  /**
   * The factor of a channel.
   *
   * @param statistics scale, shift, mean, variance
   */
  public double factor(List<Tensor> statistics, long channel) {
    return statistics.get(0).doubleAt(channel)
        / Math.sqrt(statistics.get(3).doubleAt(channel) + (double) epsilon);
  }

  /**
   * The summand of a channel, added after the multiplication.
   *
   * @param statistics scale, shift, mean, variance
   */
  public double offset(List<Tensor> statistics, long channel) {
    return statistics.get(1).doubleAt(channel)
        - statistics.get(2).doubleAt(channel) * factor(statistics, channel);
  }
}
