package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Indices as rows that are on at the index alone (ONNX OneHot). Inputs: indices [o…, i…] of any
 * type, of which negative ones count from the end; the depth (a constant of one element); the two
 * values, off and on. Output: [o…, depth, i…] of the values' type, off everywhere where an index is
 * outside of the depth.
 *
 * @param axis the axis of the output that is added; negative counts from its innermost
 */
public record OneHot(int axis) implements Op {

  /** The axis of the output that is added. */
  public int axis(Shape indices) {
    int rank = indices.rank() + 1;
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException("axis " + axis + " is outside of " + rank + " axes");
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** The number of different indices. */
  public static int depth(List<Fact> inputs) {
    Tensor depth = inputs.get(1).required("the depth", 1);
    return Math.toIntExact((long) depth.doubleAt(0));
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape indices = inputs.get(0).shape();
    Fact values = inputs.get(2);
    if (inputs.get(1).shape().size() != 1 || values.shape().size() != 2) {
      throw new IllegalArgumentException(
          "one depth and two values are needed, not " + inputs.get(1) + " and " + values);
    }
    int added = axis(indices);
    int depth = depth(inputs);
    int[] dims =
        IntStream.rangeClosed(0, indices.rank())
            .map(i -> i == added ? depth : indices.dim(i < added ? i : i - 1))
            .toArray();
    return List.of(Fact.of(values.type(), Shape.of(dims)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs)
        && inputs.get(0).shape().rank() > 0
        && axis(inputs.get(0).shape()) != 0;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape y = outputs.get(0).shape();
    int added = axis(inputs.get(0).shape());
    int depth = y.dim(added);
    long inner = y.size(added + 1, y.rank());
    for (long i = 0; i < y.size(); i++) {
      long index = (long) inputs.get(0).doubleAt(i / inner / depth * inner + i % inner);
      boolean on = (index < 0 ? index + depth : index) == i / inner % depth;
      outputs.get(0).set(i, inputs.get(2), on ? 1 : 0);
    }
  }
}
