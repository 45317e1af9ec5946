package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * The inputs one after the other along an axis. Inputs: one or more, equal in type and in every
 * other extent.
 *
 * @param axis the axis; negative counts from the innermost
 */
public record Concat(int axis) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact first = inputs.get(0);
    int along = first.shape().axis(axis);
    int extent = 0;
    for (Fact input : inputs) {
      boolean fits =
          input.type() == first.type()
              && input.shape().rank() == first.shape().rank()
              && input.shape().with(along, 0).equals(first.shape().with(along, 0));
      if (!fits) {
        throw new IllegalArgumentException(
            "cannot join " + input + " to " + first + " along axis " + along);
      }
      extent = Math.addExact(extent, input.shape().dim(along));
    }
    return List.of(Fact.of(first.type(), first.shape().with(along, extent)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.broadcast(inputs, outputs.get(0).shape().rank())
        && outputs.get(0).shape().axis(axis) != 0;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape y = outputs.get(0).shape();
    int along = y.axis(axis);
    long outputRow = y.size(along, y.rank());
    long start = 0;
    for (Tensor x : inputs) {
      long row = x.shape().size(along, y.rank());
      for (long i = 0; i < x.shape().size(); i++) {
        outputs.get(0).set(i / row * outputRow + start + i % row, x, i);
      }
      start += row;
    }
  }
}
