package io.clarinet.op;

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
public record BatchNorm(float epsilon, @Nullable Unary activation) implements Op, Activated {

  @Override
  public BatchNorm with(Unary function) {
    return new BatchNorm(epsilon, function);
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
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
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    long plane = x.shape().size(2, x.shape().rank());
    for (long i = 0; i < x.shape().size(); i++) {
      long c = i / plane % x.shape().c();
      outputs.get(0).set(i, activate(x.doubleAt(i) * factor(inputs, c) + offset(inputs, c)));
    }
  }

  /** What a channel is multiplied by. */
  public double factor(List<Tensor> inputs, long channel) {
    return inputs.get(1).doubleAt(channel)
        / Math.sqrt(inputs.get(4).doubleAt(channel) + (double) epsilon);
  }

  /** What is added to a channel after the multiplication. */
  public double offset(List<Tensor> inputs, long channel) {
    return inputs.get(2).doubleAt(channel)
        - inputs.get(3).doubleAt(channel) * factor(inputs, channel);
  }
}
