package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * The upper or lower triangle of each matrix, zeros elsewhere (ONNX Trilu). Inputs: x [o…, rows,
 * columns]; optionally k (an integer constant of one element): element (i, j) is of the upper
 * triangle where j ≥ i + k, of the lower one where j ≤ i + k; 0 where it is not given. Output: x's
 * shape.
 */
public record Trilu(boolean upper) implements Op, Picking {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    if (x.shape().rank() < 2) {
      throw new IllegalArgumentException("a triangle is of matrices, not of " + x);
    }
    diagonal(inputs);
    return List.of(Fact.of(x.type(), x.shape()));
  }

  private static long diagonal(List<Fact> inputs) {
    return inputs.size() > 1 ? inputs.get(1).required("k", 1).longAt(0) : 0;
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs) && inputs.get(0).shape().rank() > 2;
  }

  @Override
  public LongUnaryOperator sources(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    int rows = x.dim(-2);
    int columns = x.dim(-1);
    long k = Math.max(-rows, Math.min(columns, diagonal(inputs)));
    return i -> {
      long beyond = i % columns - i / columns % rows - k;
      return (upper ? beyond >= 0 : beyond <= 0) ? i : ZERO;
    };
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    select(inputs, outputs.get(0));
  }
}
