package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The extents of a value as an int64 vector, known before anything runs.
 *
 * @param start first axis that is told; negative counts from the end
 * @param end axis before which it ends, held to the rank; negative counts from the end
 */
public record ShapeOf(int start, int end) implements Op {
  public static final ShapeOf ALL = new ShapeOf(0, Integer.MAX_VALUE);

  private Tensor extents(Shape x) {
    int from = held(start, x.rank());
    int to = Math.max(from, held(end, x.rank()));
    long[] extents = Arrays.stream(x.dims(), from, to).asLongStream().toArray();
    return Tensor.ofLongs(Shape.of(extents.length), extents);
  }

  private static int held(int axis, int rank) {
    int positive = axis < 0 ? axis + rank : axis;
    return Math.max(0, Math.min(rank, positive));
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    return List.of(Fact.of(extents(inputs.get(0).shape())));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    outputs.get(0).bytes().put(extents(inputs.get(0).shape()).bytes());
  }
}
