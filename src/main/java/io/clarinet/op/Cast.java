package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** The same values as elements of another type; fractions are cut off, not rounded. */
public record Cast(ElementType type) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    return List.of(Fact.of(type, inputs.get(0).shape()));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Indexing.fill(inputs.get(0), outputs.get(0), i -> i);
  }
}
