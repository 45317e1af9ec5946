package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Elements picked along an axis, each by an index of its own. Inputs: x; int32 or int64 indices of
 * x's rank, of which negative ones count from the end. Output: the indices' shape.
 */
public record GatherElements(int axis) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    Fact indices = inputs.get(1);
    if (indices.type() != ElementType.INT64 && indices.type() != ElementType.INT32) {
      throw new IllegalArgumentException("indices are " + indices.type());
    }
    int along = x.axis(axis);
    boolean fits = indices.shape().rank() == x.rank();
    for (int i = 0; fits && i < x.rank(); i++) {
      fits = i == along || indices.shape().dim(i) <= x.dim(i);
    }
    if (!fits) {
      throw new IllegalArgumentException("indices " + indices.shape() + " do not fit " + x);
    }
    return List.of(Fact.of(inputs.get(0).type(), indices.shape()));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return inputs.stream().noneMatch(Fact::isConstant) && inputs.get(0).shape().axis(axis) != 0;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    int along = x.axis(axis);
    long[] strides = x.strides();
    long[] own = inputs.get(1).shape().strides();
    Indexing.fill(
        inputs.get(0),
        outputs.get(0),
        i -> {
          int[] at = Indexing.coordinates(own, i);
          long index = inputs.get(1).longAt(i);
          if (index < -x.dim(along) || index >= x.dim(along)) {
            throw new IllegalArgumentException("index " + index + " is outside of " + x.dim(along));
          }
          at[along] = (int) (index < 0 ? index + x.dim(along) : index);
          long source = 0;
          for (int k = 0; k < at.length; k++) {
            source += at[k] * strides[k];
          }
          return source;
        });
  }
}
