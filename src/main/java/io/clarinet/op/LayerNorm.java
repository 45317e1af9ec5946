package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Normalisation over all axes from {@code axis} on (arXiv 1607.06450). Inputs: x; scale and
 * optionally shift, which broadcast to x. Outputs: x's shape; the means and the reciprocal standard
 * deviations, with extents 1 from {@code axis} on.
 */
public record LayerNorm(int axis, float epsilon) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact.requireFloat32(inputs);
    Shape x = inputs.get(0).shape();
    int first = x.axis(axis);
    for (Fact factors : inputs.subList(1, inputs.size())) {
      if (!Shape.broadcast(x, factors.shape()).equals(x)) {
        throw new IllegalArgumentException(factors.shape() + " factors for input " + x);
      }
    }
    int[] dims = x.dims();
    Arrays.fill(dims, first, dims.length, 1);
    Fact statistics = Fact.of(Shape.of(dims));
    return List.of(Fact.of(x), statistics, statistics);
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    return Items.onlyOfFirst(inputs) && Items.broadcast(inputs, x.rank()) && x.axis(axis) != 0;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    Shape shape = x.shape();
    long[] strides = shape.strides();
    long run = shape.size(shape.axis(axis), shape.rank());
    for (long row = 0; row < outputs.get(1).shape().size(); row++) {
      Moments moments = Moments.of(x, row * run, run, 1);
      double factor = 1 / Math.sqrt(moments.variance() + epsilon);
      outputs.get(1).set(row, moments.mean());
      outputs.get(2).set(row, factor);
      for (long i = row * run; i < (row + 1) * run; i++) {
        double v = (x.doubleAt(i) - moments.mean()) * factor;
        v *= inputs.get(1).doubleAt(Indexing.broadcast(inputs.get(1).shape(), strides, i));
        if (inputs.size() > 2) {
          v += inputs.get(2).doubleAt(Indexing.broadcast(inputs.get(2).shape(), strides, i));
        }
        outputs.get(0).set(i, v);
      }
    }
  }
}
