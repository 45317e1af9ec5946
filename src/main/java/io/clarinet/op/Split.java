package io.clarinet.op;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A value cut along an axis. Inputs: x; optionally the parts' extents (an integer constant), else
 * they are equal, but the last may be smaller.
 */
public record Split(int axis, int parts) implements Op {

  /** The extents of the parts that an extent is cut into. */
  public static int[] extents(int extent, int parts) {
    int each = ceilDiv(extent, parts);
    return IntStream.range(0, parts)
        .map(i -> Math.max(0, Math.min(each, extent - i * each)))
        .toArray();
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    int along = x.shape().axis(axis);
    int[] given =
        inputs.size() < 2
            ? extents(x.shape().dim(along), parts)
            : Arrays.stream(inputs.get(1).required("the extents", parts).toLongArray())
                .mapToInt(Math::toIntExact)
                .toArray();
    if (given.length != parts || IntStream.of(given).sum() != x.shape().dim(along)) {
      throw new IllegalArgumentException(
          "cannot cut axis " + along + " of " + x.shape() + " to " + Arrays.toString(given));
    }
    return IntStream.of(given)
        .mapToObj(extent -> Fact.of(x.type(), x.shape().with(along, extent)))
        .toList();
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs) && inputs.get(0).shape().axis(axis) != 0;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    int along = x.shape().axis(axis);
    long row = x.shape().size(along, x.shape().rank());
    long start = 0;
    for (Tensor y : outputs) {
      Shape part = y.shape();
      long own = part.size(along, part.rank());
      long first = start;
      Indexing.fill(x, y, i -> i / own * row + first + i % own);
      start += own;
    }
  }
}
