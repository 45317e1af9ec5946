package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Slices of a value picked along an axis. Inputs: x [o…, d, i…]; int32 or int64 indices of any
 * shape, of which negative ones count from the end. Output: [o…, shape of the indices…, i…].
 */
public record Gather(int axis) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    Fact indices = inputs.get(1);
    if (indices.type() != ElementType.INT64 && indices.type() != ElementType.INT32) {
      throw new IllegalArgumentException("indices are " + indices.type());
    }
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
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    int along = x.shape().axis(axis);
    int extent = x.shape().dim(along);
    long inner = x.shape().size(along + 1, x.shape().rank());
    long[] indices = inputs.get(1).toLongArray();
    Indexing.fill(
        x,
        outputs.get(0),
        i -> {
          long outer = i / inner / indices.length;
          long index = indices[(int) (i / inner % indices.length)];
          if (index < -extent || index >= extent) {
            throw new IllegalArgumentException("index " + index + " is outside of " + extent);
          }
          return (outer * extent + (index < 0 ? index + extent : index)) * inner + i % inner;
        });
  }
}
