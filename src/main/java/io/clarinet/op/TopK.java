package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The k largest or smallest elements along an axis, best first; of equal ones the earlier first.
 * Inputs: x; optionally k (an integer constant of one element). Outputs: the elements; their int64
 * indices along the axis.
 *
 * @param k number of elements, unless it is an input
 */
public record TopK(int axis, boolean largest, int k) implements Op {

  private int count(List<Fact> inputs) {
    return inputs.size() > 1 ? Math.toIntExact(inputs.get(1).required("k").longAt(0)) : k;
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    int along = x.shape().axis(axis);
    int count = count(inputs);
    if (count < 0 || count > x.shape().dim(along)) {
      throw new IllegalArgumentException(count + " elements of axis " + along + " of " + x.shape());
    }
    Shape y = x.shape().with(along, count);
    return List.of(Fact.of(x.type(), y), Fact.of(ElementType.INT64, y));
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
    int count = outputs.get(0).shape().dim(along);
    long inner = x.shape().size(along + 1, x.shape().rank());
    for (long lane = 0; lane < x.shape().size(0, along) * inner; lane++) {
      long start = lane / inner * extent * inner + lane % inner;
      Comparator<Integer> order = Comparator.comparingDouble(i -> x.doubleAt(start + i * inner));
      List<Integer> best =
          IntStream.range(0, extent)
              .boxed()
              .sorted(largest ? order.reversed() : order)
              .limit(count)
              .toList();
      for (int i = 0; i < count; i++) {
        long to = (lane / inner * count + i) * inner + lane % inner;
        outputs.get(0).set(to, x, start + best.get(i) * inner);
        outputs.get(1).set(to, (long) best.get(i));
      }
    }
  }
}
