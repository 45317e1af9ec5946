package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Axes in another order: output axis i is input axis {@code permutation[i]}.
 *
 * @param permutation of 0 … rank − 1; empty reverses the axes
 */
public record Transpose(List<Integer> permutation) implements Op {

  public Transpose {
    permutation = List.copyOf(permutation);
  }

  /** The input axis of each output axis. */
  public List<Integer> axes(int rank) {
    return permutation.isEmpty()
        ? IntStream.range(0, rank).map(i -> rank - 1 - i).boxed().toList()
        : permutation;
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    List<Integer> axes = axes(x.rank());
    if (!axes.stream().sorted().toList().equals(IntStream.range(0, x.rank()).boxed().toList())) {
      throw new IllegalArgumentException(axes + " is no order of the axes of " + x);
    }
    int[] dims = axes.stream().mapToInt(x::dim).toArray();
    return List.of(Fact.of(inputs.get(0).type(), Shape.of(dims)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs) && axes(inputs.get(0).shape().rank()).get(0) == 0;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    List<Integer> axes = axes(x.rank());
    long[] inner = x.strides();
    Indexing.fillAt(
        inputs.get(0),
        outputs.get(0),
        at -> {
          long source = 0;
          for (int axis = 0; axis < at.length; axis++) {
            source += at[axis] * inner[axes.get(axis)];
          }
          return source;
        });
  }
}
