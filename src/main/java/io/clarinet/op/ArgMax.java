package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where along an axis the largest element lies, or the least, as int64.
 *
 * @param keep whether the axis stays, with extent 1
 * @param last whether the last of several counts, not the first
 * @param least whether the least element is looked for
 */
public record ArgMax(int axis, boolean keep, boolean last, boolean least) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    int along = x.axis(axis);
    if (x.dim(along) == 0) {
      throw new IllegalArgumentException("axis " + along + " of " + x + " is empty");
    }
    int[] dims =
        IntStream.range(0, x.rank())
            .filter(i -> keep || i != along)
            .map(i -> i == along ? 1 : x.dim(i))
            .toArray();
    return List.of(Fact.of(ElementType.INT64, Shape.of(dims)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs) && inputs.get(0).shape().axis(axis) != 0;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    int along = x.shape().axis(axis);
    int extent = x.shape().dim(along);
    long inner = x.shape().size(along + 1, x.shape().rank());
    for (long i = 0; i < outputs.get(0).shape().size(); i++) {
      long start = i / inner * extent * inner + i % inner;
      int best = 0;
      for (int k = 1; k < extent; k++) {
        double v = x.doubleAt(start + k * inner);
        double most = x.doubleAt(start + best * inner);
        best = (least ? v < most : v > most) || (last && v == most) ? k : best;
      }
      outputs.get(0).set(i, (long) best);
    }
  }
}
