package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * Slices of a value picked along an axis. Inputs: x [o…, d, i…]; int32 or int64 indices of any
 * shape, of which negative ones count from the end. Output: [o…, shape of the indices…, i…].
 */
public record Gather(int axis) implements Op, Indexed {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    Fact indices = inputs.get(1);
    Picking.requireIndices(indices);
    int along = x.shape().axis(axis);
    int[] dims = x.shape().dims();
    int[] joined =
        IntStream.concat(
                IntStream.concat(
                    Arrays.stream(dims, 0, along), Arrays.stream(indices.shape().dims())),
                Arrays.stream(dims, along + 1, dims.length))
            .toArray();
    return List.of(Fact.of(x.type(), Shape.of(joined)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    Fact x = inputs.get(0);
    Fact indices = inputs.get(1);
    return x.shape().axis(axis) == 0
        ? x.isConstant() && !indices.isConstant()
        : !x.isConstant() && indices.isConstant();
  }

  @Override
  public LongUnaryOperator sources(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    int along = x.axis(axis);
    int extent = x.dim(along);
    long inner = x.size(along + 1, x.rank());
    long[] indices = Picking.indices(inputs.get(1));
    Arrays.setAll(indices, i -> Picking.within(indices[i], extent));
    return i -> {
      long outer = i / inner / indices.length;
      return (outer * extent + indices[(int) (i / inner % indices.length)]) * inner + i % inner;
    };
  }

  @Override
  public IndexWalk walk(Shape x, Shape indices) {
    int along = x.axis(axis);
    int extent = x.dim(along);
    int inner = (int) x.size(along + 1, x.rank());
    return new IndexWalk(
        List.of(
            new IndexWalk.Axis((int) x.size(0, along), extent * inner, 0),
            new IndexWalk.Axis((int) indices.size(), 0, 1),
            new IndexWalk.Axis(inner, 1, 0)),
        List.of(new IndexWalk.Named(extent, inner)));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    select(inputs, outputs.get(0));
  }
}
