package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * One of two computations, chosen by a condition that must be known before anything runs: a
 * constant, or what follows from shapes, or a parameter that decides shapes.
 *
 * <p>Inputs: the condition, one element that is not 0 where the first branch is taken; then the
 * parameters of both branches. Outputs: those of the branch.
 */
public record If(Branch then, Branch otherwise) implements Op {

  /** The branch that is taken. */
  public Branch taken(Fact condition) {
    Tensor value = condition.required("the condition");
    if (value.shape().size() != 1) {
      throw new IllegalArgumentException("the condition " + value.shape() + " is not one element");
    }
    return value.doubleAt(0) != 0 ? then : otherwise;
  }

  /** The parameters of a branch among the inputs. */
  public <T> List<T> arguments(Branch branch, List<T> inputs) {
    int own = then.parameters().size();
    return branch == then ? inputs.subList(1, 1 + own) : inputs.subList(1 + own, inputs.size());
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Branch branch = taken(inputs.get(0));
    return branch.infer(arguments(branch, inputs));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    Branch branch = taken(inputs.get(0));
    return branch.keepsItemsApart(arguments(branch, inputs));
  }

  @Override
  public long multiplyAdds(List<Fact> inputs, List<Fact> outputs) {
    Branch branch = taken(inputs.get(0));
    return branch.multiplyAdds(arguments(branch, inputs));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Branch branch = taken(Fact.of(inputs.get(0)));
    List<Tensor> results = branch.evaluate(arguments(branch, inputs));
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).bytes().put(results.get(i).bytes());
    }
  }
}
