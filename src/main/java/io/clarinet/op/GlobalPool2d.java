package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Maximum or average over all of an image. Input: [n, c, h, w], or any other number of spatial
 * axes. Output: [n, c, 1, 1].
 */
public record GlobalPool2d(Pool2d.Kind kind) implements Op {
  public static final GlobalPool2d AVERAGE = new GlobalPool2d(Pool2d.Kind.AVERAGE);
  public static final GlobalPool2d MAX = new GlobalPool2d(Pool2d.Kind.MAX);

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    if (x.rank() < 3) {
      throw new IllegalArgumentException("input " + x + " has no spatial axes");
    }
    int[] dims = x.dims();
    Arrays.fill(dims, 2, dims.length, 1);
    return List.of(Fact.of(inputs.get(0).type(), Shape.of(dims)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    long plane = x.shape().size(2, x.shape().rank());
    for (long i = 0; i < outputs.get(0).shape().size(); i++) {
      double max = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (long at = i * plane; at < (i + 1) * plane; at++) {
        max = Math.max(max, x.doubleAt(at));
        sum += x.doubleAt(at);
      }
      outputs.get(0).set(i, kind == Pool2d.Kind.MAX ? max : sum / plane);
    }
  }
}
