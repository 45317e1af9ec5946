package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Running sums along an axis (ONNX CumSum). Inputs: x; the axis (an integer constant of one
 * element), negative ones count from the innermost. Output: x's shape.
 *
 * @param exclusive whether an element is the sum of those before it alone
 * @param reverse whether sums run from the end
 */
public record CumSum(boolean exclusive, boolean reverse) implements Op {

  /** The axis that sums run along. */
  public int axis(List<Fact> inputs) {
    Tensor axis = inputs.get(1).required("the axis", 1);
    return inputs.get(0).shape().axis(Math.toIntExact(axis.longAt(0)));
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    axis(inputs);
    return List.of(Fact.of(inputs.get(0).type(), inputs.get(0).shape()));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs) && axis(inputs) != 0;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    int axis = axis(inputs.stream().map(Fact::of).toList());
    long extent = x.dim(axis);
    long stride = x.size(axis + 1, x.rank());
    for (long i = 0; i < x.size(); i++) {
      if (i / stride % extent == 0) {
        long last = i + (extent - 1) * stride;
        Row row = reverse ? new Row(last, -stride, extent) : new Row(i, stride, extent);
        if (inputs.get(0).type().isFloatingPoint()) {
          sum(inputs.get(0), outputs.get(0), row);
        } else {
          sumOfIntegers(inputs.get(0), outputs.get(0), row);
        }
      }
    }
  }

  private record Row(long first, long step, long count) {}

  private void sum(Tensor x, Tensor y, Row row) {
    double sum = 0;
    for (long k = 0, at = row.first(); k < row.count(); k++, at += row.step()) {
      double with = sum + x.doubleAt(at);
      y.set(at, exclusive ? sum : with);
      sum = with;
    }
  }

  private void sumOfIntegers(Tensor x, Tensor y, Row row) {
    long sum = 0;
    for (long k = 0, at = row.first(); k < row.count(); k++, at += row.step()) {
      long with = sum + x.longAt(at);
      y.set(at, exclusive ? sum : with);
      sum = with;
    }
  }
}
