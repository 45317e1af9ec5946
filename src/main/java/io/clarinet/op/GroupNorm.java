package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Normalisation over groups of channels of each image (arXiv 1803.08494), and over each channel by
 * itself (instance normalisation): scale · (x − mean) / √(variance + epsilon) + shift. Inputs: x
 * [n, c, …]; scale and shift, one element a channel or one a group.
 *
 * @param groups number of groups; 0 makes every channel its own
 */
public record GroupNorm(int groups, float epsilon) implements Op {

  private int count(Shape x) {
    return groups == 0 ? x.c() : groups;
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact.requireFloat32(inputs);
    Shape x = inputs.get(0).shape();
    if (x.rank() < 2 || groups < 0 || count(x) == 0 || x.c() % count(x) != 0) {
      throw new IllegalArgumentException(groups + " groups do not fit input " + x);
    }
    for (Fact factors : inputs.subList(1, 3)) {
      long size = factors.shape().size();
      if (size != x.c() && size != count(x)) {
        throw new IllegalArgumentException(
            factors.shape() + " factors for " + x.c() + " channels in " + count(x) + " groups");
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
    Shape shape = x.shape();
    int count = count(shape);
    long plane = shape.size(2, shape.rank());
    long run = shape.c() / count * plane;
    for (long group = 0; group < (long) shape.n() * count; group++) {
      Moments moments = Moments.of(x, group * run, run, 1);
      double deviation = Math.sqrt(moments.variance() + epsilon);
      for (long i = group * run; i < (group + 1) * run; i++) {
        long c = i / plane % shape.c();
        double v = (x.doubleAt(i) - moments.mean()) / deviation;
        outputs
            .get(0)
            .set(i, v * factor(inputs.get(1), c, shape) + factor(inputs.get(2), c, shape));
      }
    }
  }

  private static double factor(Tensor factors, long channel, Shape x) {
    long size = factors.shape().size();
    return factors.doubleAt(channel / (x.c() / size));
  }
}
