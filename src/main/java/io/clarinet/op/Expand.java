package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * A value broadcast, as numpy does it, with a shape. Inputs: x; the shape (an integer constant).
 */
public record Expand() implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape target = Shape.of(inputs.get(1).required("the shape").toLongArray());
    Fact x = inputs.get(0);
    return List.of(Fact.of(x.type(), Shape.broadcast(x.shape(), target)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.broadcast(inputs.subList(0, 1), outputs.get(0).shape().rank());
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    long[] strides = outputs.get(0).shape().strides();
    Indexing.fill(inputs.get(0), outputs.get(0), i -> Indexing.broadcast(x, strides, i));
  }
}
