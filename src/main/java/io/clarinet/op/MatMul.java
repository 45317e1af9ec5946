package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Matrix product with numpy's rules: the two innermost axes are matrices, those outside broadcast,
 * and a vector counts as a row on the left and a column on the right, whose axis is then dropped.
 */
public record MatMul() implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape a = left(inputs.get(0).shape());
    Shape b = right(inputs.get(1).shape());
    if (a.dim(-1) != b.dim(-2)) {
      throw new IllegalArgumentException(
          "cannot multiply " + inputs.get(0) + " by " + inputs.get(1));
    }
    int[] outer = Shape.broadcast(outer(a), outer(b)).dims();
    int rank = outer.length;
    int[] dims = Arrays.copyOf(outer, rank + 2);
    if (inputs.get(0).shape().rank() > 1) {
      dims[rank++] = a.dim(-2);
    }
    if (inputs.get(1).shape().rank() > 1) {
      dims[rank++] = b.dim(-1);
    }
    return List.of(Fact.of(inputs.get(0).type(), Shape.of(Arrays.copyOf(dims, rank))));
  }

  private static Shape left(Shape a) {
    requireAxes(a);
    return a.rank() == 1 ? Shape.of(1, a.dim(0)) : a;
  }

  private static Shape right(Shape b) {
    requireAxes(b);
    return b.rank() == 1 ? Shape.of(b.dim(0), 1) : b;
  }

  private static void requireAxes(Shape operand) {
    if (operand.rank() == 0) {
      throw new IllegalArgumentException("cannot multiply matrices by a scalar");
    }
  }

  private static Shape outer(Shape matrices) {
    return Shape.of(Arrays.copyOf(matrices.dims(), matrices.rank() - 2));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    int rank = Math.max(inputs.get(0).shape().rank(), inputs.get(1).shape().rank());
    return rank > 2
        ? Items.broadcast(inputs, rank)
        : Items.onlyOfFirst(inputs) && inputs.get(0).shape().rank() == 2;
  }

  @Override
  public long multiplyAdds(List<Fact> inputs, List<Fact> outputs) {
    return outputs.get(0).shape().size() * inputs.get(0).shape().dim(-1);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape a = left(inputs.get(0).shape());
    Shape b = right(inputs.get(1).shape());
    int rows = a.dim(-2);
    int depth = a.dim(-1);
    int columns = b.dim(-1);
    long[] stride = Shape.broadcast(outer(a), outer(b)).strides();
    for (long i = 0; i < outputs.get(0).shape().size(); i++) {
      long matrix = i / columns / rows;
      long row = Indexing.broadcast(outer(a), stride, matrix) * rows + i / columns % rows;
      long first = Indexing.broadcast(outer(b), stride, matrix) * depth * columns + i % columns;
      double sum = 0;
      for (int k = 0; k < depth; k++) {
        sum +=
            inputs.get(0).doubleAt(row * depth + k)
                * inputs.get(1).doubleAt(first + (long) k * columns);
      }
      outputs.get(0).set(i, sum);
    }
  }
}
