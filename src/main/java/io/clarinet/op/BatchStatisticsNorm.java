package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Batch normalisation with the batch's own statistics, as in training. Inputs: x [n, c, …], scale,
 * shift, mean, variance, each [c]. Outputs: x's shape; the stored mean and variance moved towards
 * the batch's, momentum · stored + (1 − momentum) · batch.
 */
public record BatchStatisticsNorm(float epsilon, float momentum) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact.requireFloat32(inputs);
    Fact x = new BatchNorm(epsilon, null).infer(inputs).get(0);
    Fact statistics = Fact.of(Shape.of(x.shape().c()));
    return List.of(x, statistics, statistics);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    Shape shape = x.shape();
    Tensor turned = turned(x);
    long count = shape.size() / shape.c();
    long plane = shape.size(2, shape.rank());
    for (int c = 0; c < shape.c(); c++) {
      Moments batch = Moments.of(turned, c * count, count, 1);
      outputs.get(1).set(c, moved(inputs.get(3).doubleAt(c), batch.mean()));
      outputs.get(2).set(c, moved(inputs.get(4).doubleAt(c), batch.variance()));
      double factor = inputs.get(1).doubleAt(c) / Math.sqrt(batch.variance() + epsilon);
      for (long k = 0; k < count; k++) {
        long i = (k / plane * shape.c() + c) * plane + k % plane;
        double v = (x.doubleAt(i) - batch.mean()) * factor + inputs.get(2).doubleAt(c);
        outputs.get(0).set(i, v);
      }
    }
  }

  /** Channels outermost. */
  private static Tensor turned(Tensor x) {
    Shape shape = x.shape();
    Shape planes = Shape.of((long) shape.n(), shape.c(), shape.size(2, shape.rank()));
    return new Transpose(List.of(1, 0, 2)).evaluate(List.of(x.reshaped(planes))).get(0);
  }

  private double moved(double stored, double batch) {
    return stored * momentum + batch * (1 - momentum);
  }
}
