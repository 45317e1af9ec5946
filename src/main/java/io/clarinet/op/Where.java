package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Choice between two values, elementwise: the first where a boolean holds, else the second; all
 * broadcast.
 */
public record Where() implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact first = inputs.get(1);
    Fact second = inputs.get(2);
    if (inputs.get(0).type() != ElementType.BOOL || first.type() != second.type()) {
      throw new IllegalArgumentException(
          "cannot choose by " + inputs.get(0).type() + " between " + first + " and " + second);
    }
    Shape values = Shape.broadcast(first.shape(), second.shape());
    return List.of(Fact.of(first.type(), Shape.broadcast(inputs.get(0).shape(), values)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.broadcast(inputs, outputs.get(0).shape().rank());
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    long[] strides = outputs.get(0).shape().strides();
    Tensor condition = inputs.get(0);
    for (long i = 0; i < outputs.get(0).shape().size(); i++) {
      boolean holds = condition.longAt(Indexing.broadcast(condition.shape(), strides, i)) != 0;
      Tensor chosen = inputs.get(holds ? 1 : 2);
      outputs.get(0).set(i, chosen, Indexing.broadcast(chosen.shape(), strides, i));
    }
  }
}
