package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * Elements picked along an axis, each by an index of its own. Inputs: x; int32 or int64 indices of
 * x's rank, of which negative ones count from the end. Output: the indices' shape.
 */
public record GatherElements(int axis) implements Op, Indexed {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    Fact indices = inputs.get(1);
    Picking.requireIndices(indices);
    int along = x.axis(axis);
    requireFits(indices.shape(), x, along);
    return List.of(Fact.of(inputs.get(0).type(), indices.shape()));
  }

  /** Passes indices that are no longer than x but along the axis. */
  static void requireFits(Shape indices, Shape x, int along) {
    boolean fits = indices.rank() == x.rank();
    for (int i = 0; fits && i < x.rank(); i++) {
      fits = i == along || indices.dim(i) <= x.dim(i);
    }
    if (!fits) {
      throw new IllegalArgumentException("indices " + indices + " do not fit " + x);
    }
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return inputs.stream().noneMatch(Fact::isConstant) && inputs.get(0).shape().axis(axis) != 0;
  }

  @Override
  public LongUnaryOperator sources(List<Fact> inputs) {
    return inPlace(inputs.get(0).shape(), axis, inputs.get(1));
  }

  /**
   * From an element of {@code indices} to the one of x at the same coordinates, but for that along
   * the axis, which the index is.
   */
  static LongUnaryOperator inPlace(Shape x, int axis, Fact indices) {
    int along = x.axis(axis);
    long[] strides = x.strides();
    long[] own = indices.shape().strides();
    long[] index = Picking.indices(indices);
    Arrays.setAll(index, i -> Picking.within(index[i], x.dim(along)));
    return i -> {
      int[] at = Indexing.coordinates(own, i);
      at[along] = (int) index[(int) i];
      long place = 0;
      for (int k = 0; k < at.length; k++) {
        place += at[k] * strides[k];
      }
      return place;
    };
  }

  @Override
  public IndexWalk walk(Shape x, Shape indices) {
    int along = x.axis(axis);
    long[] strides = x.strides();
    long[] own = indices.strides();
    List<IndexWalk.Axis> axes =
        IntStream.range(0, x.rank())
            .mapToObj(
                i ->
                    new IndexWalk.Axis(
                        indices.dim(i), i == along ? 0 : (int) strides[i], (int) own[i]))
            .toList();
    return new IndexWalk(axes, List.of(new IndexWalk.Named(x.dim(along), (int) strides[along])));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    select(inputs, outputs.get(0));
  }
}
