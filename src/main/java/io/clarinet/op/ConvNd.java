package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Convolution over any number of spatial axes; {@link Conv2d} is the fast one for two.
 *
 * <p>Inputs: x [n, c, …]; weights [oc, c/groups, …]; optionally bias [oc]. Output: [n, oc, …].
 */
public record ConvNd(WindowNd window, int groups) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact.requireFloat32(inputs);
    Shape x = inputs.get(0).shape();
    Shape w = inputs.get(1).shape();
    if (w.rank() != window.axes() + 2
        || x.rank() != w.rank()
        || groups < 1
        || w.dim(0) % groups != 0
        || x.c() != w.dim(1) * groups
        || w.size(2, w.rank()) != window.taps()) {
      throw new IllegalArgumentException(
          "weights " + w + " with " + groups + " groups do not fit input " + x);
    }
    if (inputs.size() > 2 && inputs.get(2).shape().size() != w.dim(0)) {
      throw new IllegalArgumentException(
          "bias " + inputs.get(2).shape() + " for " + w.dim(0) + " output channels");
    }
    return List.of(Fact.of(window.output(x, w.dim(0), false)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public long multiplyAdds(List<Fact> inputs, List<Fact> outputs) {
    return outputs.get(0).shape().size()
        * inputs.get(1).shape().size(1, inputs.get(1).shape().rank());
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    Tensor w = inputs.get(1);
    Shape y = outputs.get(0).shape();
    long image = x.shape().size(2, x.shape().rank());
    int depth = w.shape().dim(1);
    int taps = window.taps();
    WindowNd.Walk walk = window.new Walk(x.shape());
    long[] strides = y.strides();
    for (long i = 0; i < y.size(); i++) {
      int[] at = Indexing.coordinates(strides, i);
      int first = at[1] / (y.c() / groups) * depth;
      double sum = inputs.size() > 2 ? inputs.get(2).doubleAt(at[1]) : 0;
      for (int tap = 0; tap < taps; tap++) {
        long offset = walk.offset(at, tap);
        for (int c = 0; c < depth && offset >= 0; c++) {
          long from = ((long) at[0] * x.shape().c() + first + c) * image + offset;
          sum += x.doubleAt(from) * w.doubleAt(((long) at[1] * depth + c) * taps + tap);
        }
      }
      outputs.get(0).set(i, sum);
    }
  }
}
